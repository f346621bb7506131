import { Plus, X } from "lucide-react"
import { useFieldArray } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Input } from "../../ui/input.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"

/** The bound of the server's contract. */
const headersMax = 32

/** Headers of the channel's own. Of stored values only hints are known. */
export function ChannelHeaders({ form }: { form: ChannelFormControls }) {
  const { t } = useTranslation("channels")
  const { register, control, formState } = form
  const rows = useFieldArray({ control, name: "headers" })
  const refused = formState.errors.headers?.root?.message ?? formState.errors.headers?.message

  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t("headers")}</legend>
      {rows.fields.map(({ id, name, hint }, at) => (
        <div key={id} className="grid grid-cols-[1fr_auto] gap-2 sm:grid-cols-[14rem_1fr_auto]">
          <Input
            aria-label={t("headers.name")}
            spellCheck={false}
            autoComplete="off"
            className="font-mono max-sm:col-span-2"
            placeholder="x-team"
            {...register(`headers.${at}.name`)}
          />
          <Input
            aria-label={t("headers.value")}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            placeholder={hint && t("headers.kept", { hint })}
            {...register(`headers.${at}.value`)}
          />
          <IconButton
            size="lg"
            label={t("headers.remove", { name })}
            onClick={() => rows.remove(at)}
          >
            <X className="size-4" />
          </IconButton>
        </div>
      ))}
      {rows.fields.length < headersMax && (
        <div>
          <Button
            size="sm"
            icon={<Plus className="size-4" />}
            onClick={() => rows.append({ name: "", value: "", hint: "" })}
          >
            {t("headers.add")}
          </Button>
        </div>
      )}
      {refused ? (
        <p role="alert" className="text-danger text-xs">
          {refused}
        </p>
      ) : (
        <p className="text-muted text-xs">{t("headers.hint")}</p>
      )}
    </fieldset>
  )
}
