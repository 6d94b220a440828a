#include "report/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/findings.h"
#include "report/formats.h"
#include "report/pieces.h"
#include "report/totals.h"

/*
 * When the format prints for the terminal, it writes to standard output itself, because it erases
 * lines and uses colours.
 */
static bool is_direct(const struct report_output *output)
{
	return !output->path && output->format->progress;
}

bool outputs_open(struct report_outputs *outputs, size_t *which)
{
	for (*which = 0; *which < outputs->count; (*which)++) {
		struct report_output *output = &outputs->list[*which];

		if (!output->path)
			continue;
		output->file = open(output->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		if (output->file < 0)
			return false;
	}
	return true;
}

/* ---- writing ---- */

static void write_file(struct report_output *output, const char *text, size_t size)
{
	while (size && !output->error) {
		ssize_t length = write(output->file, text, size);

		if (length > 0) {
			text += length;
			size -= (size_t)length;
		} else if (length == 0 || errno != EINTR) {
			output->error = length == 0 ? ENOSPC : errno;
		}
	}
}

/*
 * Writes while the tests end, so that a run that is killed leaves what was known by then. A pipe
 * cannot be put in order later.
 */
static void write_early(struct report_output *output, const char *text)
{
	struct stat status;

	if (!text || output->format->head)
		return;
	if (!output->path) {
		fputs(text, stdout);
		if (fflush(stdout) != 0 && !output->error)
			output->error = errno;
	} else if (fstat(output->file, &status) == 0 && S_ISREG(status.st_mode)) {
		write_file(output, text, strlen(text));
	}
}

/* Writes the whole report over what was written while the tests ended. */
static void write_all(struct report_output *output)
{
	if (lseek(output->file, 0, SEEK_SET) == 0 || errno == ESPIPE)
		write_file(output, output->text, output->size);
	else if (!output->error)
		output->error = errno;
	if (ftruncate(output->file, (off_t)output->size) != 0 && errno != EINVAL && !output->error)
		output->error = errno;
}

/* ---- telling ---- */

/* The folder that the report is in, which the caller frees; NULL when it is in none. */
static char *folder_of(const char *path)
{
	char *copy = path ? strdup(path) : NULL, *slash = copy ? strrchr(copy, '/') : NULL;
	char *folder;

	if (slash)
		slash[slash == copy] = '\0';
	folder = copy ? realpath(slash ? copy : ".", NULL) : NULL;
	free(copy);
	return folder;
}

static void begin(struct report_output *output, FILE *out, const struct report_run *run)
{
	if (output->format->begin)
		output->kept = output->format->begin(out, run);
}

static char *print_begin(struct report_output *output, const struct report_run *run)
{
	struct report_run here = *run;
	char *text = NULL, *folder = folder_of(output->path);
	size_t size;
	FILE *out = open_memstream(&text, &size);

	here.folder = folder;
	if (out) {
		begin(output, out, &here);
		fclose(out);
	}
	free(folder);
	return text;
}

void outputs_begin(struct report_outputs *outputs, const struct report_run *run)
{
	for (size_t i = 0; i < outputs->count; i++) {
		struct report_output *output = &outputs->list[i];

		if (is_direct(output)) {
			begin(output, stdout, run);
			continue;
		}
		output->begin = print_begin(output, run);
		output->pieces = pieces_new(output->format, output->kept, run,
		                            output->path || output->format->head);
		write_early(output, output->begin);
	}
}

void outputs_test(struct report_outputs *outputs, const struct report_test *test)
{
	struct findings *findings = findings_new(test);

	for (size_t i = 0; i < outputs->count; i++) {
		struct report_output *output = &outputs->list[i];

		if (is_direct(output))
			output->format->test(stdout, output->kept, test, findings);
		else if (output->pieces)
			write_early(output, pieces_add(output->pieces, test, findings));
	}
	findings_free(findings);
}

void outputs_progress(struct report_outputs *outputs, const struct report_progress *progress)
{
	for (size_t i = 0; i < outputs->count; i++)
		if (is_direct(&outputs->list[i]))
			outputs->list[i].format->progress(stdout, outputs->list[i].kept, progress);
}

/* Writes the whole report in order; when it was written while the tests ended, only its end. */
static void print_rest(struct report_output *output, const struct report_totals *totals)
{
	bool whole = output->path || output->format->head;
	FILE *out = open_memstream(&output->text, &output->size);
	const char *text;

	while (output->pieces && (text = pieces_add_rest(output->pieces)))
		write_early(output, text);
	if (!out) {
		output->error = errno;
		return;
	}
	if (whole && output->begin)
		fputs(output->begin, out);
	if (output->format->head)
		output->format->head(out, output->kept, totals);
	if (whole && output->pieces)
		pieces_print(output->pieces, out);
	if (output->format->end)
		output->format->end(out, output->kept, totals);
	fclose(out);
	if (output->path)
		write_all(output);
	else
		fwrite(output->text, 1, output->size, stdout);
}

void outputs_end(struct report_outputs *outputs, const struct report_totals *totals)
{
	outputs->totals = *totals;
	for (size_t i = 0; i < outputs->count; i++) {
		struct report_output *output = &outputs->list[i];

		if (!is_direct(output))
			print_rest(output, totals);
		else if (output->format->end)
			output->format->end(stdout, output->kept, totals);
		if (!output->path && fflush(stdout) != 0 && !output->error)
			output->error = errno;
	}
}

FILE *outputs_aside(const struct report_outputs *outputs)
{
	const struct report_output *first = &outputs->list[0];

	return first->path || first->format == report_formats[0] ? stdout : stderr;
}

static void close_file(struct report_output *output)
{
	if (output->path && close(output->file) < 0 && !output->error)
		output->error = errno;
}

/* Returns false, after a message, when the report could not be written. */
static bool check(const struct report_outputs *outputs, const struct report_output *output,
                  const char *program_name)
{
	const char *path = output->path;

	if (!output->error)
		return true;
	fprintf(stderr, "%s: cannot write the report%s%s: %s\n", program_name, path ? " to " : "",
	        path ? path : "", strerror(output->error));
	if (!path)
		totals_print(stderr, &outputs->totals);
	else if (output->only && output->text)
		fwrite(output->text, 1, output->size, stdout);
	return false;
}

bool outputs_close(struct report_outputs *outputs, const char *program_name)
{
	bool good = true;

	for (size_t i = 0; i < outputs->count; i++) {
		close_file(&outputs->list[i]);
		good &= check(outputs, &outputs->list[i], program_name);
		free(outputs->list[i].text);
		free(outputs->list[i].begin);
		pieces_free(outputs->list[i].pieces);
	}
	return fflush(stdout) == 0 && good;
}
