import '../src/index.ts';
import { adapterForRole } from './adapter-for-role.ts';

const page = document.documentElement;
const provider = document.querySelector('customer-provider');
const controls = document.querySelector<HTMLFormElement>('#controls');

const appliers: Record<string, (value: string) => void> = {
  theme: (theme) => {
    if (theme === 'auto') delete page.dataset.theme;
    else page.dataset.theme = theme;
  },
  language: (language) => {
    page.lang = language;
    page.dir = language === 'ar' ? 'rtl' : 'ltr';
  },
  role: async (role) => {
    const adapter = await adapterForRole(role as 'viewer' | 'editor' | 'admin');
    if (provider) provider.adapter = adapter;
  },
};

/** A choice is kept for the next visit; `?theme=dark&language=de` wins over it, for links and pictures. */
for (const select of controls?.querySelectorAll('select') ?? []) {
  const key = `demo-${select.name}`;
  const chosen = new URLSearchParams(location.search).get(select.name) ?? localStorage.getItem(key);
  if ([...select.options].some((option) => option.value === chosen)) select.value = chosen ?? '';
  appliers[select.name]?.(select.value);
  select.addEventListener('change', () => {
    localStorage.setItem(key, select.value);
    appliers[select.name]?.(select.value);
  });
}
