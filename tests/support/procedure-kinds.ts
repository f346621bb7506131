import { type Procedure, procedures } from "./procedures.ts"

/** What a stranger, a member and an administrator may call. A new procedure is put in one of these. */
export const open = [
  "session.current",
  "session.signIn",
  "session.secondFactor",
  "session.secondFactorOptions",
  "session.passkey",
  "session.passkeyOptions",
  "session.registrationCode",
  "session.register",
  "session.resetCode",
  "session.resetPassword",
  "session.signOut",
  "model.list",
  "oidc.begin",
  "share.view",
]
export const own = [
  "session.list",
  "session.revoke",
  "session.revokeOthers",
  "session.prove",
  "session.proofMethods",
  "session.proofOptions",
  "session.changePassword",
  "chat.*",
  "conversation.*",
  "account.*",
  "apiKey.*",
  "code.redeem",
  "factor.*",
  "oidc.link",
  "oidc.identities",
  "oidc.unlink",
  "plan.view",
  "plan.quote",
  "plan.subscribe",
  "statement.list",
  "statement.totals",
]
export const administrators = [
  "audit.*",
  "channel.*",
  "code.list",
  "code.batches",
  "code.create",
  "code.export",
  "code.revoke",
  "import.*",
  "mail.test",
  "model.cache",
  "oidc.providers",
  "oidc.saveProvider",
  "oidc.deleteProvider",
  "plan.config",
  "plan.save",
  "price.*",
  "search.test",
  "setting.*",
  "statement.listSite",
  "statement.siteTotals",
  "user.*",
]
export const among = (names: readonly string[]) => (procedure: Procedure) =>
  names.includes(procedure.path) || names.includes(procedure.path.replace(/\.\w+$/, ".*"))

export const all = procedures()
export const mutations = all.filter(({ type }) => type === "mutation")
export const owned = all.filter(among(own))
export const forAdministrators = all.filter(among(administrators))
