import type { ProviderView } from "@nio/server/contract"
import { mappingLine, modelName } from "@nio/server/contract/channel"
import { useTranslation } from "react-i18next"
import { Badge } from "../../ui/badge.tsx"
import { Field } from "../../ui/field.tsx"
import { FormSection } from "../../ui/form-section.tsx"
import { Textarea } from "../../ui/input.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { FetchModels } from "./fetch-models.tsx"
import { linesOf } from "./lines.ts"
import { MappingEffects } from "./mapping-effects.tsx"
import { ModelButtons } from "./model-buttons.tsx"
import { offeredBy } from "./offered.ts"

/** More are counted, not shown. */
const badgesMax = 40
const placeholder = "gpt-4o>gpt-4o-2024-11-20\n!fast>gpt-4o-mini"

/** What the channel offers, and under which names. */
export function ChannelModels(props: {
  form: ChannelFormControls
  provider: ProviderView | undefined
  channelId: string | undefined
}) {
  const { t } = useTranslation("admin")
  const { register, watch, setValue, formState } = props.form
  const models = linesOf(watch("models"))
  const mapping = linesOf(watch("mapping"))

  const setModels = (list: readonly string[]) =>
    setValue("models", list.join("\n"), { shouldDirty: true, shouldValidate: true })

  function judgeModels(text: string) {
    const names = linesOf(text)
    const model = names.find((name) => !modelName.safeParse(name).success)
    if (names.length === 0) return t("channels.models.missing")
    return model === undefined || t("channels.models.wrong", { model })
  }

  function judgeMapping(text: string) {
    const line = linesOf(text).find((each) => !mappingLine.safeParse(each).success)
    return line === undefined || t("channels.mapping.wrong", { line })
  }

  return (
    <FormSection title={t("channels.models.title")} text={t("channels.models.text")}>
      <Field
        label={t("channels.models")}
        hint={t("channels.models.hint")}
        error={formState.errors.models?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            rows={6}
            className="font-mono"
            {...register("models", { validate: judgeModels })}
          />
        )}
      </Field>
      <ModelButtons
        models={models}
        known={props.provider?.models ?? []}
        more={
          props.provider?.listsModels && (
            <FetchModels
              form={props.form}
              channelId={props.channelId}
              have={models}
              onAdd={setModels}
            />
          )
        }
        onChange={setModels}
      />
      <Field
        label={t("channels.mapping")}
        hint={t("channels.mapping.hint")}
        error={formState.errors.mapping?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            className="font-mono"
            placeholder={placeholder}
            {...register("mapping", { validate: judgeMapping })}
          />
        )}
      </Field>
      <MappingEffects models={models} mapping={mapping} />
      <Offered names={offeredBy({ models, mapping })} />
    </FormSection>
  )
}

function Offered({ names }: { names: readonly string[] }) {
  const { t } = useTranslation("admin")
  if (names.length === 0) return null
  return (
    <div>
      <p className="mb-2 text-muted text-xs" role="status">
        {t("channels.offered", { count: names.length })}
      </p>
      <div className="flex flex-wrap gap-1.5">
        {names.slice(0, badgesMax).map((name) => (
          <Badge key={name}>
            <span className="font-mono">{name}</span>
          </Badge>
        ))}
        {names.length > badgesMax && <Badge>+{names.length - badgesMax}</Badge>}
      </div>
    </div>
  )
}
