/** The stem of a counted message: `models` of `models_one` and `models_other`. */
type Stem<Key> = Key extends `${infer Name}_one` ? Name : never

type Counted<Source> = `${Stem<keyof Source>}_${"one" | "other"}`

/**
 * What a language must say for a source: every message, and for counted ones the plural forms that
 * language has. So a missing or surplus message does not compile.
 */
export type Translation<Source, Forms extends "one" | "few" | "many" | "other"> = Record<
  Exclude<keyof Source & string, Counted<Source>> | `${Stem<keyof Source>}_${Forms}`,
  string
>
