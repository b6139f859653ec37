/** What a test has opened, to be closed in reverse. Node 22 has no AsyncDisposableStack of its own. */
export class Stack implements AsyncDisposable {
  readonly #opened: AsyncDisposable[] = [];

  use<T extends AsyncDisposable>(one: T): T {
    this.#opened.push(one);
    return one;
  }

  defer(close: () => unknown): void {
    this.use({ [Symbol.asyncDispose]: async () => void (await close()) });
  }

  async disposeAsync(): Promise<void> {
    for (let one = this.#opened.pop(); one !== undefined; one = this.#opened.pop()) await one[Symbol.asyncDispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.disposeAsync();
  }
}
