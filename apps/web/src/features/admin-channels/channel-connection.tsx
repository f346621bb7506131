import { useTranslation } from "react-i18next"
import { FormSection } from "../../ui/form-section.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { ChannelHeaders } from "./channel-headers.tsx"
import { ChannelProxy } from "./channel-proxy.tsx"
import { NumberField } from "./number-field.tsx"

/** The bounds of the server's contract. */
const waits = [
  { name: "connectSeconds", max: 120 },
  { name: "firstByteSeconds", max: 1_800 },
  { name: "idleSeconds", max: 1_800 },
  { name: "totalSeconds", max: 7_200 },
] as const

/** How the upstream is reached, and how long it is waited for. */
export function ChannelConnection(props: {
  form: ChannelFormControls
  loginHint: string | undefined
}) {
  const { t } = useTranslation("channels")
  return (
    <FormSection title={t("connection.title")} text={t("connection.text")}>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        {waits.map(({ name, max }) => (
          <NumberField
            key={name}
            form={props.form}
            name={name}
            min={1}
            max={max}
            label={t(`wait.${name}`)}
            hint={t(`wait.${name}.hint`)}
          />
        ))}
      </div>
      <ChannelProxy form={props.form} loginHint={props.loginHint} />
      <ChannelHeaders form={props.form} />
    </FormSection>
  )
}
