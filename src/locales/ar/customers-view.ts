export const view = {
  heading: 'العملاء',
  moreThan: 'أكثر من {count}',
  create: 'إضافة عميل',
  groups: 'المجموعات',
  import: 'استيراد',
  showImport: 'عرض الاستيراد',
  importTitle: 'استيراد العملاء',
  export: 'تصدير',
  showExport: 'عرض التصدير',
  exporting: 'جارٍ التصدير: {done} من {total} عميل',
  exported: {
    one: 'عميل واحد في {file}',
    two: 'عميلان في {file}',
    few: '{count} عملاء في {file}',
    many: '{count} عميلًا في {file}',
    other: '{count} عميل في {file}',
  },
} as const;
