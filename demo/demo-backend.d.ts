declare module 'virtual:demo-backend' {
  const backend: import('../scripts/demo-backend.ts').DemoBackend;
  export default backend;
}
