import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"

/** The way around an account, for those who only want to have a look. */
export function TryIt() {
  const { t } = useTranslation("visitor")
  return (
    <p className="mt-5 text-center text-sm">
      <Link to="/visit" className="text-accent underline-offset-2 hover:underline">
        {t("tryIt")}
      </Link>
    </p>
  )
}
