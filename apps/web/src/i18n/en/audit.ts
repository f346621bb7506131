/** Words of the audit log; loaded with its page. */
export const audit = {
  title: "Audit log",
  text: "What administrators did, newest first: who, on what, and what it changed. Nobody can change it here.",
  actor: "By",
  "actor.none": "Command line",
  act: "Act",
  "act.all": "All",
  from: "From",
  to: "To",
  fields_one: "{count} more field",
  fields_other: "{count} more fields",
  more: "Show more",
  "empty.title": "Nothing was changed yet",
  "empty.text": "Every act of an administrator will be listed here.",
  "none.title": "Nothing matches",
  "none.text": "Change or clear the filters.",
} as const
