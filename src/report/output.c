#include "report/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/totals.h"

bool outputs_open(struct report_outputs *outputs, size_t *which)
{
	for (*which = 0; *which < outputs->count; (*which)++) {
		struct report_output *output = &outputs->list[*which];

		output->out = stdout;
		if (!output->path)
			continue;
		output->file = open(output->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		if (output->file < 0)
			return false;
		output->out = open_memstream(&output->text, &output->size);
		if (!output->out)
			return false;
	}
	return true;
}

/* What the memory holds and the disk does not. */
static void flush(struct report_output *output)
{
	if (fflush(output->out) != 0 && !output->error)
		output->error = errno;
	while (output->path && !output->error && output->written < output->size) {
		ssize_t length = write(output->file, output->text + output->written,
		                       output->size - output->written);

		if (length > 0)
			output->written += (size_t)length;
		else if (length == 0 || errno != EINTR)
			output->error = length == 0 ? ENOSPC : errno;
	}
}

void outputs_begin(struct report_outputs *outputs, const struct report_run *run)
{
	for (size_t i = 0; i < outputs->count; i++) {
		struct report_output *output = &outputs->list[i];

		output->kept = output->format->begin(output->out, run);
		flush(output);
	}
}

void outputs_test(struct report_outputs *outputs, const struct report_test *test, size_t number)
{
	for (size_t i = 0; i < outputs->count; i++) {
		struct report_output *output = &outputs->list[i];

		output->format->test(output->out, output->kept, test, number);
		flush(output);
	}
}

void outputs_progress(struct report_outputs *outputs, const struct report_progress *progress)
{
	for (size_t i = 0; i < outputs->count; i++)
		if (outputs->list[i].format->progress && !outputs->list[i].path)
			outputs->list[i].format->progress(outputs->list[i].out,
			                                  outputs->list[i].kept, progress);
}

void outputs_end(struct report_outputs *outputs, const struct report_totals *totals)
{
	outputs->totals = *totals;
	for (size_t i = 0; i < outputs->count; i++) {
		struct report_output *output = &outputs->list[i];

		output->format->end(output->out, output->kept, totals);
		flush(output);
	}
}

static void close_file(struct report_output *output)
{
	flush(output);
	if (!output->path)
		return;
	if (close(output->file) < 0 && !output->error)
		output->error = errno;
	fclose(output->out);
}

/* False, after saying so, when the report is not where it should be. */
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
	else if (output->only)
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
	}
	return fflush(stdout) == 0 && good;
}
