import { useMutation } from "@tanstack/react-query"
import { Fingerprint } from "lucide-react"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import {
  PasskeyError,
  signWithPasskey,
  stopSuggesting,
  suggestsPasskeys,
  supportsPasskeys,
} from "./passkey-calls.ts"
import { useProblem } from "./use-problem.ts"

/** Ways in beside a password: a passkey, and the accounts elsewhere that the site takes. */
export function OtherWays(props: {
  providers: readonly { id: string; name: string }[]
  redirect: string | undefined
  onSignedIn: () => void
}) {
  const { t } = useTranslation("factors")
  const problem = useProblem()
  const passkey = usePasskeySignIn(props.onSignedIn)
  const begin = trpc.oidc.begin.useMutation({
    onSuccess: ({ address }) => location.assign(address),
  })
  if (!supportsPasskeys && props.providers.length === 0) return null
  const error = passkey.error ?? begin.error

  return (
    <div className="mt-5 grid gap-2.5">
      <div className="flex items-center gap-3 text-muted text-xs">
        <span className="h-px grow bg-line" />
        {t("signIn.or")}
        <span className="h-px grow bg-line" />
      </div>
      {supportsPasskeys && (
        <Button
          busy={passkey.isPending}
          icon={<Fingerprint className="size-4" />}
          onClick={() => passkey.mutate()}
        >
          {t("signIn.passkey")}
        </Button>
      )}
      {props.providers.map(({ id, name }) => (
        <Button
          key={id}
          busy={begin.isPending && begin.variables.provider === id}
          onClick={() =>
            begin.mutate({ provider: id, ...(props.redirect && { redirect: props.redirect }) })
          }
        >
          {t("signIn.with", { name })}
        </Button>
      ))}
      {error && (
        <p role="alert" className="text-danger text-sm">
          {problem(error)}
        </p>
      )}
    </div>
  )
}

/** By the button, and by the suggestions in the field of the name, where the browser has them. */
function usePasskeySignIn(onSignedIn: () => void) {
  const utils = trpc.useUtils()
  const { mutateAsync: options } = trpc.session.passkeyOptions.useMutation()
  const { mutateAsync: signIn } = trpc.session.passkey.useMutation()
  async function enter(how: { fill: boolean }) {
    const assertion = await signWithPasskey(await options(), how)
    utils.session.current.setData(undefined, await signIn({ assertion }))
    onSignedIn()
  }
  const button = useMutation({ mutationFn: () => enter({ fill: false }), networkMode: "always" })
  const { mutate: suggest, error } = useMutation({
    mutationFn: async () => {
      if (await suggestsPasskeys()) await enter({ fill: true })
    },
    networkMode: "always",
  })
  useEffect(() => {
    suggest()
    return () => void stopSuggesting()
  }, [suggest])
  // That the suggestions were left, or gave way to the button, is no news to anybody.
  const suggested = error instanceof PasskeyError ? null : error
  return { ...button, error: button.error ?? suggested }
}
