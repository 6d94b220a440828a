#include "suite/command_setters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "config.h"
#include "editor/server.h"
#include "editor/words.h"
#include "report/formats.h"
#include "suite/describe.h"
#include "suite/rerun.h"
#include "suite/suite.h"

enum { GOOD = COMMAND_LINE_GOOD, EXPLORE_SECONDS = 60 };

int command_set_version(struct command_line *line, const char *value)
{
	(void)line, (void)value;
	printf("tcpclose-run %s\n", PACKAGE_VERSION);
	return SUITE_PASSED;
}

/* The process serves one editor, and then ends. */
int command_set_lsp(struct command_line *line, const char *value)
{
	(void)value;
	return editor_serve(stdin, stdout, &line->defines);
}

int command_set_words(struct command_line *line, const char *value)
{
	(void)line, (void)value;
	return words_print(stdout) ? SUITE_PASSED : SUITE_FAULT;
}

int command_set_explain(struct command_line *line, const char *value)
{
	(void)line;
	return describe_class(value ? value : "", stdout);
}

/* ---- numbers ---- */

static int read_seconds(struct command_line *line, const char *option, const char *value,
                        usec_t *time)
{
	char *end;
	double seconds = strtod(value, &end);

	if (end == value || *end || !(seconds > 0 && seconds <= 1e6))
		return command_line_error(line, "--%s wants seconds, not '%s'", option, value);
	*time = (usec_t)(seconds * USEC_PER_SEC);
	return GOOD;
}

static int read_seed(struct command_line *line, const char *option, const char *value,
                     uint64_t *seed)
{
	char *end;

	*seed = strtoull(value, &end, 0);
	return end > value && !*end && *value != '-'
	               ? GOOD
	               : command_line_error(line, "--%s wants a number, not '%s'", option, value);
}

/* ---- how tests are played ---- */

int command_set_timeout(struct command_line *line, const char *value)
{
	return read_seconds(line, "timeout", value, &line->suite.time_limit);
}

int command_set_format(struct command_line *line, const char *value)
{
	line->outputs.list[0].format = report_format_find(value);
	if (!line->outputs.list[0].format)
		return command_line_error(line, "there is no report format '%s'", value);
	return GOOD;
}

int command_set_report(struct command_line *line, const char *value)
{
	struct report_output *output = &line->outputs.list[line->outputs.count];

	if (line->outputs.count == OUTPUTS_MAX)
		return command_line_error(line, "--report=%s is one too many", value);
	output->format = report_format_of_file(value);
	if (!output->format)
		return command_line_error(line, "the ending of %s is that of no report format",
		                          value);
	output->path = value;
	line->outputs.count++;
	return GOOD;
}

int command_add_filter(struct command_line *line, const char *value)
{
	selection_add_filter(line->suite.selection, value);
	return GOOD;
}

int command_add_tag(struct command_line *line, const char *value)
{
	selection_add_tag(line->suite.selection, value);
	return GOOD;
}

int command_add_expression(struct command_line *line, const char *value)
{
	return selection_add_expression(line->suite.selection, value) ? GOOD : SUITE_BAD_SCRIPT;
}

int command_set_shard(struct command_line *line, const char *value)
{
	struct suite_options *suite = &line->suite;
	char rest;

	if (sscanf(value, "%u/%u%c", &suite->shard_index, &suite->shard_count, &rest) != 2 ||
	    !suite->shard_index || suite->shard_index > suite->shard_count ||
	    suite->shard_count > 100000)
		return command_line_error(line, "--shard wants I/N, from 1/N to N/N, not '%s'",
		                          value);
	return GOOD;
}

int command_set_reasons(struct command_line *line, const char *value)
{
	static const char *const words[] = {
		[REASONS_AGAIN] = "again",
		[REASONS_ALWAYS] = "always",
		[REASONS_NEVER] = "never",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(value, words[i])) {
			line->suite.reasons = (enum reasons_when)i;
			return GOOD;
		}
	return command_line_error(line, "--reasons wants again, always or never, not '%s'", value);
}

int command_set_shuffle(struct command_line *line, const char *value)
{
	struct timespec now;

	line->suite.shuffle = true;
	if (value)
		return read_seed(line, "shuffle", value, &line->suite.seed);
	clock_gettime(CLOCK_REALTIME, &now);
	line->suite.seed = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 20;
	/* So that it is short enough to be typed again. */
	line->suite.seed %= 1000000000;
	return GOOD;
}

int command_add_subject(struct command_line *line, enum subject_kind kind, const char *value)
{
	struct suite_options *suite = &line->suite;

	if (suite->subject_count == SUBJECTS_MAX)
		return command_line_error(line, "--%s=%s is one too many: two can be compared",
		                          subject_option(kind), value);
	suite->subjects[suite->subject_count++] = (struct subject){ .kind = kind, .label = value };
	return GOOD;
}

int command_add_kernel(struct command_line *line, const char *value)
{
	return command_add_subject(line, TESTED_KERNEL, value);
}

int command_add_claims(struct command_line *line, const char *value)
{
	if (line->claim_count == sizeof(line->claims) / sizeof(*line->claims))
		return command_line_error(line, "--claims=%s is one too many", value);
	line->claims[line->claim_count++] = value;
	return GOOD;
}

/* The folder may have other files where the script is played again. */
int command_add_include_folder(struct command_line *line, const char *value)
{
	struct include_folder *folder = arena_alloc(line->arena, sizeof(*folder));
	const struct include_folder **end = &line->defines.folders;

	while (*end)
		end = (const struct include_folder **)&(*end)->next;
	folder->path = value;
	*end = folder;
	rerun_add(&line->suite, line->arena, "include", value, true);
	return GOOD;
}

int command_set_model(struct command_line *line, const char *value)
{
	if (strcmp(value, "rfc") && strcmp(value, "linux"))
		return command_line_error(line, "--model wants rfc or linux, not '%s'", value);
	line->suite.shadow = true;
	line->suite.model = *value == 'r' ? MODEL_RFC : MODEL_LINUX;
	return GOOD;
}

int command_set_bless(struct command_line *line, const char *value)
{
	if (value && strcmp(value, "diff"))
		return command_line_error(line, "--bless wants diff or nothing, not '%s'", value);
	line->suite.bless = true;
	line->bless_diff = value != NULL;
	return GOOD;
}

int command_set_explore(struct command_line *line, const char *value)
{
	line->suite.shadow = true;
	line->explore.time = EXPLORE_SECONDS * (usec_t)USEC_PER_SEC;
	return value ? read_seconds(line, "explore", value, &line->explore.time) : GOOD;
}

int command_set_walks(struct command_line *line, const char *value)
{
	int read = read_seed(line, "walks", value, &line->explore.walks);

	return read == GOOD && line->explore.walks == 0
	               ? command_line_error(line, "--walks wants one at least")
	               : read;
}

int command_set_seed(struct command_line *line, const char *value)
{
	return read_seed(line, "seed", value, &line->explore.seed);
}

int command_set_export(struct command_line *line, const char *value)
{
	if (strcmp(value, "packetdrill"))
		return command_line_error(line, "--export wants packetdrill, not '%s'", value);
	line->export = true;
	return GOOD;
}

int command_set_format_script(struct command_line *line, const char *value)
{
	if (value && strcmp(value, "check") && strcmp(value, "write"))
		return command_line_error(line,
		                          "--format_script wants write, check or nothing, "
		                          "not '%s'",
		                          value);
	line->format_script = !value ? FORMAT_SHOW : *value == 'w' ? FORMAT_WRITE : FORMAT_CHECK;
	return GOOD;
}
