/** Under the last message always in sight; under earlier ones when pointed at, focused or touched. */
export const actionsClass = (last: boolean) =>
  `mt-1 flex h-7 items-center gap-0.5 transition-opacity duration-100 ${
    last
      ? ""
      : "opacity-0 focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
  }`
