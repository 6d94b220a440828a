#include "report/html_page.h"

static const char style[] =
#include "report/page-css.inc"
	;

static const char script[] =
#include "report/page-js.inc"
	;

void html_style(FILE *out)
{
	fprintf(out, "<style>\n%s</style>\n", style);
	fputs("<noscript><style>.needs-script { display: none; }</style></noscript>\n", out);
}

void html_script(FILE *out)
{
	fprintf(out, "<script>\n%s</script>\n", script);
}
