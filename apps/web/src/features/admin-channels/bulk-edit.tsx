import type { ChannelBulkEdit } from "@nio/server/contract"
import { type FormEvent, useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { groups } from "./groups.ts"

/** The bounds of the server's contract. */
const numbers = [
  { name: "priority", min: -1_000, max: 1_000 },
  { name: "weight", min: 1, max: 1_000 },
] as const

/** One value for all chosen channels; what is left empty stays as it is in each. */
export function BulkEdit(props: {
  count: number
  busy: boolean
  onSave: (edit: ChannelBulkEdit) => void
  onClose: () => void
}) {
  const { t } = useTranslation("channels")
  const { t: admin } = useTranslation("admin")
  const { t: words } = useTranslation()
  const form = useForm({ defaultValues: { priority: "", weight: "" }, mode: "onTouched" })
  const { errors } = form.formState
  const [chosen, setChosen] = useState<readonly string[]>()

  const submit = (event: FormEvent) =>
    void form.handleSubmit(({ priority, weight }) =>
      props.onSave({
        ...(priority.trim() !== "" && { priority: Number(priority) }),
        ...(weight.trim() !== "" && { weight: Number(weight) }),
        ...(chosen && { groups: [...chosen] }),
      }),
    )(event)

  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={t("bulk.set.title", { count: props.count })}
      description={t("bulk.set.text")}
      closeLabel={words("common.close")}
    >
      <form noValidate onSubmit={submit} className="grid gap-5">
        <div className="grid items-start gap-5 sm:grid-cols-2">
          {numbers.map(({ name, min, max }) => (
            <Field key={name} label={admin(`channels.${name}`)} error={errors[name]?.message}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  className="tabular-nums"
                  placeholder={t("bulk.stays")}
                  {...form.register(name, {
                    validate: (text) =>
                      text.trim() === "" ||
                      (/^-?\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max) ||
                      admin("channels.numberWrong", { min, max }),
                  })}
                />
              )}
            </Field>
          ))}
        </div>
        <fieldset>
          <legend className="font-medium text-sm">{admin("channels.groups")}</legend>
          <label className="mt-2 flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-(--color-accent)"
              checked={chosen === undefined}
              onChange={(event) => setChosen(event.target.checked ? undefined : [])}
            />
            {t("bulk.groups.stay")}
          </label>
          {chosen && (
            <div className="mt-2 flex flex-wrap gap-x-5 gap-y-2">
              {groups.map((group) => (
                <label key={group} className="flex items-center gap-2 text-sm">
                  <input
                    type="checkbox"
                    className="size-4 accent-(--color-accent)"
                    checked={chosen.includes(group)}
                    onChange={(event) =>
                      setChosen(
                        event.target.checked
                          ? [...chosen, group]
                          : chosen.filter((other) => other !== group),
                      )
                    }
                  />
                  {admin(`channels.group.${group}`)}
                </label>
              ))}
            </div>
          )}
        </fieldset>
        <DialogActions>
          <Button onClick={props.onClose}>{words("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={props.busy}>
            {words("common.save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
