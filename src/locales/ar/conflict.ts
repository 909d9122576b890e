import type { MessagesOf } from '../messages.ts';
import type { conflict as english } from '../en/conflict.ts';

export const conflict: MessagesOf<typeof english> = {
  title: 'عدّل {people} الشيء نفسه في هذه الأثناء',
  explanation: 'لم يُحفظ شيء بعد. اختر الصحيح في كل حقل.',
  mine: 'تعديلك',
  someone: 'شخص آخر',
  nothing: 'فارغ',
  save: 'حفظ ما تم اختياره',
  saving: 'جارٍ الحفظ…',
  back: 'العودة إلى التحرير',
  kept: 'في هذه الأثناء عدّل {by}: {fields}. تم الاحتفاظ بالتعديلين.',
};
