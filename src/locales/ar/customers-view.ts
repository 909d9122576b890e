export const view = {
  heading: 'العملاء',
  moreThan: 'أكثر من {count}',
  import: 'استيراد',
  importTitle: 'استيراد العملاء',
} as const;
