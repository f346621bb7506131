/** The web needs the browser's types, whose `Worker` hides what Bun's can do besides. */
interface Worker {
  /** Lets the process end while the worker still runs. */
  unref(): void
}
