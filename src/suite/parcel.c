#include "suite/parcel.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/utf8.h"
#include "script/included.h"
#include "suite/folders.h"
#include "suite/rerun.h"

/* ---- the files of a script ---- */

enum { FILES_MAX = 256 };

struct parcel {
	const struct test *test;
	const struct suite_options *options;
	struct arena *arena;
	const char *folder;
	const char *what; /* the file that was being written */
	struct {
		const char *path; /* absolute, without "." and ".." */
		const char *text; /* NULL: it is copied */
		size_t length;
	} files[FILES_MAX];
	size_t count;
};

/* Makes the path absolute, without "." and "..". Links are taken as they are written. */
static const char *absolute(struct arena *arena, const char *path)
{
	char folder[PATH_MAX] = "";
	const char *full = *path == '/' || !getcwd(folder, sizeof(folder))
	                           ? path
	                           : arena_printf(arena, "%s/%s", folder, path);
	char *plain = arena_alloc(arena, strlen(full) + 2), *end = plain;

	for (size_t length; *(full += strspn(full, "/")); full += length) {
		length = strcspn(full, "/");
		if (length == 1 && *full == '.')
			continue;
		if (length == 2 && !strncmp(full, "..", 2)) {
			while (end > plain && *--end != '/')
				;
			continue;
		}
		*end++ = '/';
		memcpy(end, full, length);
		end += length;
	}
	*end = '\0';
	return plain;
}

static void add_file(struct parcel *parcel, const char *path, const char *text, size_t length)
{
	const char *full = absolute(parcel->arena, path);

	for (size_t i = 0; i < parcel->count; i++)
		if (!strcmp(parcel->files[i].path, full))
			return;
	if (parcel->count == FILES_MAX)
		return;
	parcel->files[parcel->count].path = full;
	parcel->files[parcel->count].text = text;
	parcel->files[parcel->count].length = length;
	parcel->count++;
}

/* They are run in the folder of the script, or in the current one. */
static void add_init_scripts(struct parcel *parcel)
{
	const struct test_script *script = parcel->test->script;
	const char *list = script->settings.init_scripts, *slash = strrchr(script->path, '/');
	int base = parcel->options->chdir && slash ? (int)(slash + 1 - script->path) : 0;

	for (size_t length; list && *list; list += length + (list[length] == ',')) {
		length = strcspn(list, ",");
		add_file(parcel,
		         arena_printf(parcel->arena, "%.*s%.*s", *list == '/' ? 0 : base,
		                      script->path, (int)length, list),
		         NULL, 0);
	}
}

static void add_files(struct parcel *parcel)
{
	const struct sources *sources = parcel->test->script->sources;
	const struct source_text *text;

	for (size_t i = 0; (text = sources_file(sources, i)); i++)
		add_file(parcel, text->path, text->text, text->length);
	add_init_scripts(parcel);
}

/* The length of the folder that all files are in, with its '/'. */
static size_t common_length(const struct parcel *parcel)
{
	const char *first = parcel->files[0].path;
	size_t length = (size_t)(strrchr(first, '/') - first);

	for (size_t i = 1; i < parcel->count; i++)
		while (strncmp(parcel->files[i].path, first, length + 1))
			while (length && first[--length] != '/')
				;
	return length + 1;
}

/* ---- writing ---- */

/* When a file is not there, this is noticed when the script is played, not now. */
static void copy(FILE *out, const char *path)
{
	char bytes[16384];
	FILE *in = fopen(path, "re");
	size_t length;
	struct stat status;

	if (!in)
		return;
	while ((length = fread(bytes, 1, sizeof(bytes), in)))
		fwrite(bytes, 1, length, out);
	if (fstat(fileno(in), &status) == 0)
		fchmod(fileno(out), status.st_mode & 0777);
	fclose(in);
}

static bool finish(FILE *out)
{
	bool good = fflush(out) == 0 && !ferror(out);
	int error = errno;

	fclose(out);
	errno = error;
	return good;
}

static bool write_file(struct parcel *parcel, size_t index, const char *to)
{
	char *folder = arena_strdup(parcel->arena, to);
	FILE *out;

	parcel->what = to;
	*strrchr(folder, '/') = '\0';
	out = folders_make(folder) ? fopen(to, "we") : NULL;
	if (!out)
		return false;
	if (parcel->files[index].text)
		fwrite(parcel->files[index].text, 1, parcel->files[index].length, out);
	else
		copy(out, parcel->files[index].path);
	return finish(out);
}

/* On the other machine, the kernel for guests may be elsewhere. A recording needs no kernel. */
static void print_kernel(FILE *out, const struct parcel *parcel)
{
	const struct suite_options *options = parcel->options;
	const struct subject *kernel = &options->subjects[parcel->test->subject];

	if (!kernel->guest)
		return;
	fprintf(out,
	        "case \" $*\" in\n*' --replay'*) ;;\n*)\n\tkernel=%s\n"
	        "\tset -- --kernel=\"${TCPCLOSE_KERNEL:-$kernel}\" \"$@\" ;;\nesac\n",
	        rerun_quoted(parcel->arena, kernel->label));
}

/* The copies of files that include <FILE> found must be found before all others. */
static void print_include_folders(FILE *out, const struct parcel *parcel)
{
	size_t common = common_length(parcel);
	char path[PATH_MAX];
	const char *folder;

	for (size_t i = 0; (folder = included_folder(parcel->options->defines->folders, i, path));
	     i++) {
		const char *full = absolute(parcel->arena, folder);
		size_t length = strlen(full), k = 0;

		while (k < parcel->count && (strncmp(parcel->files[k].path, full, length) ||
		                             parcel->files[k].path[length] != '/'))
			k++;
		if (k < parcel->count && length + 1 >= common)
			fprintf(out, " -I %s",
			        rerun_quoted(parcel->arena,
			                     arena_printf(parcel->arena, "script/%s",
			                                  length < common ? "" : full + common)));
	}
}

static void print_rerun(FILE *out, const struct parcel *parcel, const char *script)
{
	const struct suite_options *options = parcel->options;
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);

	program[length > 0 ? length : 0] = '\0';
	fputs("#!/bin/sh\n# Plays ", out);
	utf8_print(out, parcel->test->name, SIZE_MAX);
	fprintf(out,
	        " again, wherever this folder is: with the %s\n"
	        "# of $TCPCLOSE_RUN, or of PATH. --replay=" PARCEL_RECORDING
	        " plays what the kernel did then.\n",
	        options->program_name);
	fputs("cd \"$(dirname \"$0\")\" || exit\n", out);
	fprintf(out, "tcpclose_run=${TCPCLOSE_RUN:-$(command -v %s || echo %s)}\n",
	        rerun_quoted(parcel->arena, options->program_name),
	        rerun_quoted(parcel->arena, program));
	print_kernel(out, parcel);
	fputs("exec \"$tcpclose_run\"", out);
	print_include_folders(out, parcel);
	fprintf(out, "%s \"$@\" %s\n", rerun_options(parcel->test, options),
	        rerun_quoted(parcel->arena, arena_printf(parcel->arena, "script/%s", script)));
}

static bool write_rerun(struct parcel *parcel, const char *script)
{
	const char *path = arena_printf(parcel->arena, "%s/rerun.sh", parcel->folder);
	FILE *out = fopen(path, "we");

	parcel->what = path;
	if (!out)
		return false;
	print_rerun(out, parcel, script);
	fchmod(fileno(out), 0755);
	return finish(out);
}

bool parcel_write(const struct test *test, const struct suite_options *options, const char *folder,
                  const char **what)
{
	struct parcel *parcel = arena_alloc(test->arena, sizeof(*parcel));
	bool good = true;

	parcel->test = test;
	parcel->options = options;
	parcel->arena = test->arena;
	parcel->folder = folder;
	add_files(parcel);
	if (!parcel->count)
		return true;
	size_t common = common_length(parcel);
	/* No other file includes it, so it may get a name that all systems accept. */
	const char *name = strrchr(parcel->files[0].path, '/') + 1;
	const char *main =
		arena_printf(test->arena, "%.*s%s", (int)(name - parcel->files[0].path - common),
	                     parcel->files[0].path + common, folders_name(test->arena, name));
	for (size_t i = 0; good && i < parcel->count; i++)
		good = write_file(parcel, i,
		                  arena_printf(test->arena, "%s/script/%s", folder,
		                               i ? parcel->files[i].path + common : main));
	good = good && write_rerun(parcel, main);
	*what = parcel->what;
	return good;
}

/* ---- taking it away ---- */

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status, (void)kind, (void)where;
	return remove(path);
}

void parcel_remove(struct arena *arena, const char *folder)
{
	nftw(arena_printf(arena, "%s/script", folder), remove_one, 16, FTW_DEPTH | FTW_PHYS);
	unlink(arena_printf(arena, "%s/rerun.sh", folder));
}
