#include "suite/command_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "report/taken.h"
#include "suite/artifacts.h"
#include "suite/suite.h"

enum { GOOD = COMMAND_LINE_GOOD };

static int read_timings(struct command_line *line)
{
	const char *why;

	if (!line->timings && !line->suite.save_timings)
		return GOOD;
	line->suite.timings = timings_new(line->arena);
	why = line->timings ? timings_read(line->suite.timings, line->timings) : NULL;
	return why ? command_line_error(line, "%s: %s", line->timings, why) : GOOD;
}

static int read_known(struct command_line *line)
{
	struct sources *sources = sources_new(line->arena);
	struct diag *diag = diag_new(line->arena, sources);
	const char *why;

	if (!line->known)
		return GOOD;
	const struct source_text *text = sources_read(sources, line->known, &why);
	if (!text)
		return command_line_error(line, "%s: %s", line->known, why);
	if (known_of_file(text, line->arena, diag, &line->suite.known))
		return GOOD;
	diag_print(diag, stderr);
	return SUITE_BAD_SCRIPT;
}

static int read_claims(struct command_line *line)
{
	if (line->coverage)
		line->suite.coverage = coverage_new(line->arena);
	for (size_t i = 0; i < line->claim_count; i++) {
		const char *why = coverage_read(line->suite.coverage, line->claims[i]);

		if (why)
			return command_line_error(line, "%s: %s", line->claims[i], why);
	}
	return GOOD;
}

/* Without --model nobody would know. */
static int read_explored(struct command_line *line)
{
	const char *why = NULL;

	line->suite.shadow |= line->transitions != NULL;
	line->explore.transitions = line->transitions;
	if (line->transitions && !line->explore.time)
		line->suite.transitions = transitions_page_new(line->arena, line->suite.model);
	if (line->explored)
		why = taken_read(line->explored, line->arena,
		                 transitions_page_explored(line->suite.transitions));
	return why ? command_line_error(line, "%s: %s", line->explored, why) : GOOD;
}

static int read_judgements(struct command_line *line)
{
	const char *why = NULL;

	if (line->judgements)
		coverage_judge(line->suite.coverage,
		               judgements_read(line->judgements, line->arena, &why));
	return why ? command_line_error(line, "%s: %s", line->judgements, why) : GOOD;
}

static int read_baseline(struct command_line *line)
{
	const char *why;

	if (!line->baseline)
		return GOOD;
	line->suite.baseline = baseline_new(line->arena, line->baseline);
	why = baseline_read(line->suite.baseline);
	return why ? command_line_error(line, "%s: %s", line->baseline, why) : GOOD;
}

static int prepare_artifacts(struct command_line *line)
{
	if (!line->artifacts)
		return GOOD;
	line->suite.artifacts = artifacts_prepare(line->arena, line->artifacts);
	return line->suite.artifacts ? GOOD
	                             : command_line_error(line, "cannot write to %s: %s",
	                                                  line->artifacts, strerror(errno));
}

/* A guest has its kernel already. */
static int look_at_kernels(struct command_line *line)
{
	char error[GUEST_ERROR_TEXT];

	for (unsigned i = 0; i < line->suite.subject_count && !line->suite.in_guest; i++) {
		struct subject *kernel = &line->suite.subjects[i];

		if (kernel->kind != TESTED_KERNEL || !strcmp(kernel->label, "running"))
			continue;
		kernel->guest = guest_kernel_look(line->arena, kernel->label, error);
		if (!kernel->guest) {
			fprintf(stderr, "%s: %s\n", line->suite.program_name, error);
			return SUITE_BAD_SCRIPT;
		}
	}
	return GOOD;
}

int command_files_read(struct command_line *line)
{
	static int (*const steps[])(struct command_line * line) = {
		look_at_kernels, read_timings,  read_baseline,   read_known,
		read_claims,     read_explored, read_judgements, prepare_artifacts,
	};
	int status = GOOD;

	for (size_t i = 0; status == GOOD && i < sizeof(steps) / sizeof(*steps); i++)
		status = steps[i](line);
	return status;
}
