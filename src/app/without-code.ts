import { config } from 'zod';

// zod writes a function for each schema and has it compiled, which a process that takes hostile input need not allow, and which
// costs the first event more (20 ms) than it spares later ones (6 µs each). Before any schema is made.
config({ jitless: true });
