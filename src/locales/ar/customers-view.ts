export const view = {
  heading: 'العملاء',
  moreThan: 'أكثر من {count}',
  import: 'استيراد',
  showImport: 'عرض الاستيراد',
  importTitle: 'استيراد العملاء',
} as const;
