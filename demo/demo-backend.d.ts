// What scripts/demo-backend.ts tells; a declaration like this one may not import its type.
declare module 'virtual:demo-backend' {
  const backend: unknown;
  export default backend;
}
