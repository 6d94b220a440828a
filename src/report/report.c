#include "report/report.h"

#include <string.h>

#include "report/formats.h"

const struct report_format *const report_formats[] = {
	&report_text, &report_tap, &report_junit, &report_json, &report_html,
};
const size_t report_format_count = sizeof(report_formats) / sizeof(*report_formats);

const struct report_fact *report_facts(const struct report_run *run)
{
	return run->facts ? run->facts(run->context) : NULL;
}

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
