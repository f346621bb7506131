import { channelCreate } from "@nio/server/contract/channel"
import { useTranslation } from "react-i18next"
import { Badge } from "../../ui/badge.tsx"
import { Field } from "../../ui/field.tsx"
import { Textarea } from "../../ui/input.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { secretLines } from "./lines.ts"
import { secretKind } from "./secret-kind.ts"

/** More are counted, not shown. */
const hintsMax = 12
const { secrets: secretsRule } = channelCreate.shape

/** The keys. Of stored ones only hints are known, and they stay unless others are entered. */
export function ChannelSecrets(props: {
  form: ChannelFormControls
  provider: string
  keyFormat: string
  hints: readonly string[]
}) {
  const { hints, keyFormat } = props
  const { t } = useTranslation("admin")
  const { t: more } = useTranslation("channels")
  const { register, watch, formState } = props.form
  const entered = secretLines(watch("secrets")).length

  function judge(text: string) {
    const secrets = secretLines(text)
    if (secrets.length === 0) return hints.length > 0 || t("channels.secrets.missing")
    return secretsRule.safeParse(secrets).success || t("channels.secrets.wrong")
  }

  function hint() {
    if (hints.length === 0) return t("channels.secrets.hint", { format: keyFormat })
    if (entered === 0) return t("channels.secrets.kept")
    return t("channels.secrets.replaced", { count: entered })
  }

  return (
    <div className="grid gap-2">
      <Field
        label={t("channels.secrets")}
        hint={`${more(`secret.${secretKind(props.provider)}`)} ${hint()}`}
        error={formState.errors.secrets?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            placeholder={keyFormat}
            {...register("secrets", { validate: judge })}
          />
        )}
      </Field>
      {hints.length > 0 && (
        <p className={`flex flex-wrap gap-1.5 ${entered > 0 ? "line-through" : ""}`}>
          {hints.slice(0, hintsMax).map((secret, at) => (
            <Badge key={`${at} ${secret}`}>
              <span className="font-mono">{secret}</span>
            </Badge>
          ))}
          {hints.length > hintsMax && <Badge>+{hints.length - hintsMax}</Badge>}
        </p>
      )}
    </div>
  )
}
