/** Made when it is asked for first. For statements that only look something up: what each commit writes is made ready at the start, and names every column. */
export function lazily<Made>(make: () => Made): () => Made {
  let made: { it: Made } | null = null;
  return () => (made ??= { it: make() }).it;
}
