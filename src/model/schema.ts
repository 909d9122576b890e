import * as z from 'zod/mini';

// zod compiles parsers with `new Function` unless told not to; a page under `default-src 'self'` refuses that.
z.config({ jitless: true });
