#include "report/formats.h"

#include <string.h>

/* clang-format off */
#define FORMATS(ROW) ROW(text) ROW(tap) ROW(junit) ROW(json) ROW(html)
/* clang-format on */

#define DECLARATION(name) extern const struct report_format report_##name;
FORMATS(DECLARATION)

#define REFERENCE(name) &report_##name,
const struct report_format *const report_formats[] = { FORMATS(REFERENCE) };
const size_t report_format_count = sizeof(report_formats) / sizeof(*report_formats);

const struct report_format *report_format_find(const char *name)
{
	for (size_t i = 0; i < report_format_count; i++)
		if (!strcmp(report_formats[i]->name, name))
			return report_formats[i];
	return NULL;
}

const struct report_format *report_format_of_file(const char *path)
{
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	const char *ending = strrchr(name, '.');

	for (size_t i = 0; ending && i < report_format_count; i++)
		if (!strcmp(report_formats[i]->ending, ending))
			return report_formats[i];
	return NULL;
}
