export async function swallowing(work: () => Promise<void>) {
  try {
    await work();
  } catch {
    // ignored
  }
  await work().catch(() => {});
  await work().catch(() => undefined);
  await work().catch((error: unknown) => console.error(error));
}
