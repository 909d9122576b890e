export const view = {
  heading: 'العملاء',
  moreThan: 'أكثر من {count}',
  create: 'إضافة عميل',
  groups: 'المجموعات',
  import: 'استيراد',
  showImport: 'عرض الاستيراد',
  importTitle: 'استيراد العملاء',
} as const;
