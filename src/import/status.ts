const words: Record<'active' | 'inactive', string> = {
  active: 'active enabled aktiv aktiviert actif activé activo activado ativo attivo 1 true yes ja oui si نشط',
  inactive:
    'inactive disabled inaktiv deaktiviert inactif désactivé inactivo desactivado inativo disattivo 0 false no nein non غير_نشط',
};

const statuses = new Map(
  (['active', 'inactive'] as const).flatMap((status) =>
    words[status].split(' ').map((word) => [word.replaceAll('_', ' '), status] as const),
  ),
);

/** Active or inactive in a file's words; undefined for what is neither: a guest is made by the checkout. */
export function readStatus(cell: string): 'active' | 'inactive' | undefined {
  return statuses.get(cell.toLowerCase());
}
