/* Reads reports of the format "json", with libjansson. */
#include "report/baseline.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

static bool kind_of(const char *name, enum verdict_kind *kind)
{
	for (int i = 0; name && i < VERDICT_KINDS; i++)
		if (!strcmp(verdict_name((enum verdict_kind)i), name)) {
			*kind = (enum verdict_kind)i;
			return true;
		}
	return false;
}

/* A line is about the run, a test or the totals. Returns false when it is none of these. */
static bool take(struct baseline *baseline, const json_t *line)
{
	const char *name = json_string_value(json_object_get(line, "name"));
	struct baseline_test test = {
		.line = (unsigned)json_integer_value(json_object_get(line, "line")),
		.summary = "",
	};

	if (json_object_get(line, "run") || json_object_get(line, "totals"))
		return true;
	if (!name || !kind_of(json_string_value(json_object_get(line, "verdict")), &test.kind))
		return false;
	test.name = arena_strdup(baseline->arena, name);
	baseline_list_add(baseline, &baseline->before, &test);
	return true;
}

const char *baseline_read(struct baseline *baseline)
{
	char absent[FAULT_TEXT];

	if (!json_library_load(absent))
		return arena_strdup(baseline->arena, absent);
	FILE *file = fopen(baseline->path, "re");
	char *text = NULL;
	const char *why = NULL;
	size_t size = 0, number = 0;

	if (!file)
		return strerror(errno);
	while (!why && getline(&text, &size, file) > 0) {
		json_error_t error;
		json_t *line = json_loads(text, 0, &error);

		number++;
		if (!line)
			why = arena_printf(baseline->arena, "line %zu is not JSON: %s", number,
			                   error.text);
		else if (!take(baseline, line))
			why = arena_printf(
				baseline->arena,
				"line %zu does not belong to a report in the format json", number);
		json_decref(line);
	}
	if (!why && ferror(file))
		why = strerror(errno);
	else if (!why && !number)
		why = "it is empty";
	free(text);
	fclose(file);
	return why;
}
