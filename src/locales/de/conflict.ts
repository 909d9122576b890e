import type { MessagesOf } from '../messages.ts';
import type { conflict as english } from '../en/conflict.ts';

export const conflict: MessagesOf<typeof english> = {
  title: 'Inzwischen auch geändert von {people}',
  explanation: 'Noch ist nichts gespeichert. Wählen Sie jeweils, was stimmt.',
  mine: 'Von Ihnen',
  someone: 'Jemand anderes',
  nothing: 'Leer',
  save: 'Gewähltes speichern',
  saving: 'Wird gespeichert …',
  back: 'Zurück zum Bearbeiten',
  kept: 'Inzwischen hat {by} geändert: {fields}. Beides bleibt erhalten.',
};
