import type { FactorMethod, SecondFactorAsked } from "@nio/server/contract"
import { createFileRoute, redirect, useRouter } from "@tanstack/react-router"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { TryIt } from "../features/chat/visitor/try-it.tsx"
import { OtherWays } from "../features/factors/other-ways.tsx"
import { SecondStep } from "../features/factors/second-step.tsx"
import { Door } from "../features/session/door.tsx"
import { DoorLink, DoorLinks } from "../features/session/door-links.tsx"
import { SignInForm } from "../features/session/sign-in-form.tsx"
import { useFailureSentence } from "../i18n/use-failure.ts"
import { ownPath } from "../lib/redirect.ts"

type Search = {
  redirect?: string
  failed?: string
  /** To wait before the next try. */
  seconds?: number
  /** What to begin with in the field for it. */
  name?: string
}

export const Route = createFileRoute("/sign-in")({
  validateSearch: ({ redirect: to, failed, seconds, name }): Search => ({
    ...(to ? { redirect: ownPath(to) } : {}),
    ...(typeof failed === "string" && { failed }),
    ...(typeof seconds === "number" && { seconds }),
    ...(typeof name === "string" && { name }),
  }),
  beforeLoad({ context, search }) {
    if (context.session.user) throw redirect({ href: search.redirect ?? "/" })
  },
  component: SignInPage,
})

function SignInPage() {
  const { t } = useTranslation()
  const { t: words } = useTranslation("factors")
  const failure = useFailureSentence()
  const router = useRouter()
  const { session } = Route.useRouteContext()
  const { redirect: wanted, failed, seconds = 0, name = "" } = Route.useSearch()
  const [asked, setAsked] = useState(askedElsewhere)
  const signedIn = () => void router.invalidate()
  const { title, providers, register, mail } = session.site
  const further = wanted === undefined ? {} : { redirect: wanted }

  if (asked)
    return (
      <Door site={title} title={words("step.title")}>
        <SecondStep asked={asked} onSignedIn={signedIn} onAgain={() => setAsked(undefined)} />
      </Door>
    )
  return (
    <Door site={title} title={t("signIn.title")}>
      {failed && (
        <p role="alert" className="mb-4 text-danger text-sm">
          {failure({ code: failed as never, params: { seconds } })}
        </p>
      )}
      <SignInForm name={name} onSignedIn={signedIn} onSecondFactor={setAsked} />
      <OtherWays providers={providers} redirect={wanted} onSignedIn={signedIn} />
      <DoorLinks>
        {register === "open" && (
          <DoorLink to="/register" search={further}>
            {t("signIn.register")}
          </DoorLink>
        )}
        {mail && (
          <DoorLink to="/reset-password" search={further}>
            {t("signIn.forgot")}
          </DoorLink>
        )}
      </DoorLinks>
      {session.site.visitors && <TryIt />}
    </Door>
  )
}

/** Who comes back from an account elsewhere and has a second factor; used up, so that no copy of the address keeps it. */
function askedElsewhere(): SecondFactorAsked | undefined {
  const told = new URLSearchParams(location.hash.slice(1))
  const challenge = told.get("challenge")
  if (!challenge) return undefined
  history.replaceState(history.state, "", location.pathname + location.search)
  return { challenge, methods: (told.get("methods") ?? "").split(" ") as FactorMethod[] }
}
