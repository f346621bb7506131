import type { StatementSums } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { buttonClass } from "../../ui/button.tsx"
import { Segmented } from "../../ui/segmented.tsx"
import { Select } from "../../ui/select.tsx"
import { type Filter, type Kind, kinds, spans } from "./filter.ts"

/** What to show, and a way to take it along. Models and keys are those of the time chosen. */
export function FilterBar(props: {
  filter: Filter
  sums: StatementSums | undefined
  fileHref: string
}) {
  const { t } = useTranslation("money")
  const { filter, sums } = props
  const keys = sums?.byKey.flatMap(({ key }) => (key ? [key] : [])) ?? []
  return (
    <div className="mb-5 grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={t("span")}
          value={filter.span}
          onChange={filter.setSpan}
          options={spans.map((value) => ({ value, label: t(`span.${value}`) }))}
        />
        <span className="grow" />
        <a href={props.fileHref} download className={buttonClass("secondary", "sm")}>
          {t("csv")}
        </a>
      </div>
      <div className="grid gap-3 sm:grid-cols-3">
        <Select
          aria-label={t("kind")}
          value={filter.kind}
          onChange={(event) => filter.setKind(event.target.value as Kind)}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          ))}
        </Select>
        <Select
          aria-label={t("model")}
          value={filter.model}
          onChange={(event) => filter.setModel(event.target.value)}
        >
          <option value="">{t("model.all")}</option>
          {sums?.byModel.map(({ model }) => (
            <option key={model} value={model}>
              {model}
            </option>
          ))}
        </Select>
        {keys.length > 0 && (
          <Select
            aria-label={t("key")}
            value={filter.keyId}
            onChange={(event) => filter.setKeyId(event.target.value)}
          >
            <option value="">{t("key.all")}</option>
            {keys.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </div>
    </div>
  )
}
