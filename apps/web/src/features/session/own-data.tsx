import { Download } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Button, buttonClass } from "../../ui/button.tsx"
import { Section } from "../../ui/section.tsx"
import { DeleteAccount } from "./delete-account.tsx"

/** Take everything along, or have it deleted. */
export function OwnData({ name }: { name: string }) {
  const { t } = useTranslation("account")
  const [deleting, setDeleting] = useState(false)
  return (
    <>
      <Section
        title={t("data")}
        text={t("data.export.text")}
        action={
          <a href="/account/export" download className={buttonClass("secondary", "sm")}>
            <Download className="size-4" />
            {t("data.download")}
          </a>
        }
      />
      <Section
        title={t("delete")}
        text={t("delete.text")}
        action={
          <Button size="sm" className="text-danger!" onClick={() => setDeleting(true)}>
            {t("delete")}
          </Button>
        }
      />
      {deleting && <DeleteAccount name={name} onClose={() => setDeleting(false)} />}
    </>
  )
}
