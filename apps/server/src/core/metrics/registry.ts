/**
 * Counts, and says what it counted in Prometheus' text. A few lines of our own: the client library
 * has not moved for years, and copies every label of every count.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export type Registry = {
  counter(name: string, help: string, labels: readonly string[]): Counter
  histogram(
    name: string,
    help: string,
    labels: readonly string[],
    buckets: readonly number[],
  ): Histogram
  /** Everything counted, with `more` added: what is only known when asked. */
  text(more?: readonly Gauge[]): string
}

/** Values in the order of the labels. */
export type Counter = { add(values: readonly string[], amount?: number): void }
export type Histogram = { see(values: readonly string[], amount: number): void }
export type Gauge = {
  name: string
  help: string
  series: readonly { labels?: Readonly<Record<string, string>>; value: number }[]
}

/** Series of one name; what comes beyond is counted together, so that no caller can fill the memory. */
const seriesMax = 5_000
const other = "other"
/** Thousands of channels have a few each. */
const gaugeSeriesMax = 20_000

export function createRegistry(): Registry {
  const writers: (() => string[])[] = []

  return {
    counter(name, help, labels) {
      const series = createSeries(() => ({ amount: 0 }))
      writers.push(() => [
        ...headOf(name, help, "counter"),
        ...series.map((values, { amount }) => `${name}${labelled(labels, values)} ${amount}`),
      ])
      return {
        add(values, amount = 1) {
          series.at(values).amount += amount
        },
      }
    },

    histogram(name, help, labels, buckets) {
      const series = createSeries(() => ({ counts: buckets.map(() => 0), count: 0, sum: 0 }))
      writers.push(() => [
        ...headOf(name, help, "histogram"),
        ...series.map((values, { counts, count, sum }) => {
          const bucket = (le: string, seen: number) =>
            `${name}_bucket${labelled([...labels, "le"], [...values, le])} ${seen}`
          return [
            ...counts.map((seen, at) => bucket(String(buckets[at]), seen)),
            bucket("+Inf", count),
            `${name}_sum${labelled(labels, values)} ${sum}`,
            `${name}_count${labelled(labels, values)} ${count}`,
          ].join("\n")
        }),
      ])
      return {
        see(values, amount) {
          const one = series.at(values)
          one.count++
          one.sum += amount
          for (let at = buckets.length - 1; at >= 0 && buckets[at]! >= amount; at--)
            one.counts[at]!++
        },
      }
    },

    text: (more = []) =>
      [...writers.flatMap((write) => write()), ...more.flatMap(written), ""].join("\n"),
  }
}

function createSeries<Value>(create: () => Value) {
  const known = new Map<string, { values: readonly string[]; value: Value }>()
  const at = (values: readonly string[]): Value => {
    const name = values.join("\n")
    const found = known.get(name)
    if (found) return found.value
    if (known.size >= seriesMax && values[0] !== other) return at(values.map(() => other))
    const value = create()
    known.set(name, { values, value })
    return value
  }
  return {
    at,
    map: (write: (values: readonly string[], value: Value) => string) =>
      [...known.values()].map(({ values, value }) => write(values, value)),
  }
}

const headOf = (name: string, help: string, type: string) => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
]

const written = ({ name, help, series }: Gauge) => [
  ...headOf(name, help, "gauge"),
  ...series
    .slice(0, gaugeSeriesMax)
    .map(
      ({ labels = {}, value }) =>
        `${name}${labelled(Object.keys(labels), Object.values(labels))} ${value}`,
    ),
]

function labelled(names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return ""
  const pairs = names.map((name, at) => `${name}="${escaped(values[at] ?? "")}"`)
  return `{${pairs.join(",")}}`
}

const escaped = (value: string) =>
  value.replace(/[\\"\n]/g, (char) => (char === "\n" ? "\\n" : `\\${char}`))
