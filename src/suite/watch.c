/*
 * Folders are watched, not files, because an editor may write a new file beside the old one and
 * rename it. What was changed is compared with the files from which each script was read, so a file
 * that it includes counts, too. Each round is a child of its own, in a process group of its own, to
 * which signals are passed on.
 */
#include "suite/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "suite/script_read.h"
#include "suite/stop.h"
#include "suite/suite.h"

enum {
	QUIET = 100, /* milliseconds without a change, before everything that was saved is played */
	CHANGES_MAX = 256,
	TOLD_MAX = 3, /* names in the line above a round */
};

/* What is known about the scripts, as they were when we looked last. */
struct watching {
	const struct watch *watch;
	int inotify;
	struct arena *arena; /* for one look */
	struct script_paths scripts;
	struct folder {
		int number; /* that of inotify */
		const char *path;
		struct folder *next;
	} * folders;
	struct file {
		const char *script;
		const char *path; /* without links: the script itself, or what it includes */
		struct file *next;
	} * files;
	const char *changed[CHANGES_MAX]; /* paths without links */
	size_t changed_count;
	bool too_many; /* some changes are not known: all is played */
	bool told;     /* that a folder cannot be watched */
};

/* ---- what is watched ---- */

static void add_folder(struct watching *w, const char *path)
{
	const uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR;
	int number = inotify_add_watch(w->inotify, path, events);
	struct folder *folder = arena_alloc(w->arena, sizeof(*folder));

	if (number < 0 && !w->told)
		fprintf(stderr, "%s: cannot watch %s: %s\n", w->watch->options->program_name, path,
		        strerror(errno));
	w->told |= number < 0;
	if (number < 0)
		return;
	folder->number = number;
	folder->path = arena_strdup(w->arena, path);
	folder->next = w->folders;
	w->folders = folder;
}

/* `file` is a whole path. */
static void add_folder_of(struct watching *w, const char *file)
{
	size_t length = (size_t)(strrchr(file, '/') - file);

	add_folder(w, length ? arena_strndup(w->arena, file, length) : "/");
}

/* Adds all folders below, because scripts may be added there. */
static void add_tree(struct watching *w, const char *root)
{
	char path[PATH_MAX];

	FTS *tree = NULL;
	if (realpath(root, path))
		tree = fts_open((char *const[]){ path, NULL }, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	for (FTSENT *entry; tree && (entry = fts_read(tree));) {
		if (entry->fts_info != FTS_D)
			continue;
		if (entry->fts_level > 0 && entry->fts_name[0] == '.')
			fts_set(tree, entry, FTS_SKIP);
		else
			add_folder(w, entry->fts_path);
	}
	if (tree)
		fts_close(tree);
}

static void add_file(struct watching *w, const char *script, const char *name)
{
	struct file *file = arena_alloc(w->arena, sizeof(*file));
	char path[PATH_MAX];

	if (!realpath(name, path))
		return;
	*file = (struct file){ script, arena_strdup(w->arena, path), w->files };
	w->files = file;
	add_folder_of(w, file->path);
}

static void add_files_of(struct watching *w, const char *path)
{
	struct script_file *file = script_file_read(path);
	struct test_script *script = test_script_read(file, 0, w->watch->options);
	const struct source_text *text;

	for (size_t i = 0; (text = sources_file(script->sources, i)); i++)
		add_file(w, path, text->path);
	test_script_free(script);
	script_file_let_go(file);
}

/* Scripts appear and disappear, and include other files than before. */
static void look(struct watching *w)
{
	struct stat info;
	char real[PATH_MAX];

	w->folders = NULL;
	w->files = NULL;
	script_paths_init(&w->scripts);
	for (const struct script_path *path = w->watch->named->first; path; path = path->next) {
		if (stat(path->path, &info) == 0 && S_ISDIR(info.st_mode))
			add_tree(w, path->path);
		else if (realpath(path->path, real))
			add_folder_of(w, real);
		discover(path->path, w->arena, &w->scripts);
	}
	for (const struct script_path *path = w->scripts.first; path; path = path->next)
		add_files_of(w, path->path);
}

/* What was watched before and is of no use any more. */
static void forget_folders(struct watching *w, const struct folder *before)
{
	for (; before; before = before->next) {
		const struct folder *folder = w->folders;

		while (folder && folder->number != before->number)
			folder = folder->next;
		if (!folder)
			inotify_rm_watch(w->inotify, before->number);
	}
}

/* ---- what was changed ---- */

static void add_change(struct watching *w, const struct inotify_event *event)
{
	const struct folder *folder = w->folders;

	while (folder && folder->number != event->wd)
		folder = folder->next;
	/* A file that was created is written to before it is of use. */
	if (!event->len || (event->mask & IN_CREATE && !(event->mask & IN_ISDIR)))
		return;
	if (!folder || w->changed_count == CHANGES_MAX)
		w->too_many = true;
	else
		w->changed[w->changed_count++] =
			arena_printf(w->arena, "%s/%s", folder->path, event->name);
}

static void read_changes(struct watching *w)
{
	_Alignas(struct inotify_event) char bytes[16384];
	ssize_t length = read(w->inotify, bytes, sizeof(bytes));

	for (ssize_t at = 0; at < length;) {
		const struct inotify_event *event = (const void *)(bytes + at);

		w->too_many |= event->mask & IN_Q_OVERFLOW;
		add_change(w, event);
		at += (ssize_t)(sizeof(*event) + event->len);
	}
}

/*
 * Waits until something was changed and then nothing for a while. Returns false when a signal came.
 */
static bool wait_for_changes(struct watching *w)
{
	struct pollfd files[] = { { .fd = w->inotify, .events = POLLIN },
		                  { .fd = stop_descriptor(), .events = POLLIN } };
	int ready = 1;

	w->changed_count = 0;
	w->too_many = false;
	while (!stop_signal() && (ready || (!w->changed_count && !w->too_many))) {
		ready = poll(files, 2, w->changed_count || w->too_many ? QUIET : -1);
		if (ready > 0 && files[0].revents)
			read_changes(w);
	}
	return !stop_signal();
}

/* Tells whether the file was changed, or a folder that it is in was renamed. */
static bool was_changed(const struct watching *w, const struct file *file)
{
	for (size_t i = 0; i < w->changed_count; i++) {
		size_t length = strlen(w->changed[i]);

		if (!strncmp(file->path, w->changed[i], length) &&
		    (file->path[length] == '/' || !file->path[length]))
			return true;
	}
	return false;
}

static bool is_concerned(const struct watching *w, const char *script)
{
	const struct file *file = w->files;

	while (file && (strcmp(file->script, script) || !was_changed(w, file)))
		file = file->next;
	return file || w->too_many;
}

static void find_concerned(const struct watching *w, struct arena *arena,
                           struct script_paths *concerned)
{
	script_paths_init(concerned);
	for (const struct script_path *path = w->scripts.first; path; path = path->next)
		if (is_concerned(w, path->path))
			script_paths_add(concerned, arena, path->path);
}

/* ---- a round ---- */

static int child(const struct watch *watch, const struct script_paths *scripts, pid_t parent)
{
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		return SUITE_SIGNAL + SIGTERM;
	int status = watch->play(watch->context, scripts);
	fflush(NULL);
	return status;
}

/* Each signal that comes is its signal, too: a second one ends it at once. */
static void hand_on(pid_t pid, unsigned *told)
{
	for (; *told < stop_count(); ++*told)
		kill(pid, stop_signal());
}

static int await(pid_t pid)
{
	enum { LOOK = 200 }; /* ms: a second signal may come just before the sleep */
	struct pollfd files[] = {
		{ .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN },
		{ .fd = stop_descriptor(), .events = POLLIN },
	};
	unsigned told = 0;
	int status = 0;

	while (files[0].fd >= 0 && !files[0].revents) {
		hand_on(pid, &told);
		poll(files, told ? 1 : 2, told ? LOOK : -1);
	}
	if (files[0].fd >= 0)
		close(files[0].fd);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		hand_on(pid, &told);
	return WIFEXITED(status) ? WEXITSTATUS(status) : SUITE_FAULT;
}

static int play(const struct watch *watch, const struct script_paths *scripts)
{
	pid_t parent = getpid(), pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(child(watch, scripts, parent));
	if (pid > 0)
		return await(pid);
	fprintf(stderr, "%s: cannot start a round: %s\n", watch->options->program_name,
	        strerror(errno));
	return SUITE_FAULT;
}

/* "---- 14:02:11 ---- x.pkt, y.pkt" */
static void tell_round(const struct script_paths *scripts)
{
	time_t now = time(NULL);
	struct tm local;
	char clock[16] = "";
	size_t told = 0;

	if (localtime_r(&now, &local))
		strftime(clock, sizeof(clock), "%H:%M:%S", &local);
	printf("\n---- %s ----", clock);
	for (const struct script_path *path = scripts->first; path && told < TOLD_MAX;
	     path = path->next, told++)
		printf("%s %s", told ? "," : "", path->path);
	if (scripts->count > told)
		printf(" and %zu more", scripts->count - told);
	printf("\n");
}

int watch_scripts(const struct watch *watch)
{
	struct watching w = { .watch = watch, .arena = arena_new() };
	struct script_paths concerned;
	int status;

	stop_listen();
	w.inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w.inotify < 0) {
		fprintf(stderr, "%s: cannot watch files: %s\n", watch->options->program_name,
		        strerror(errno));
		return SUITE_FAULT;
	}
	look(&w);
	status = play(watch, &w.scripts);
	while (!stop_signal() && wait_for_changes(&w)) {
		struct arena *arena = arena_new();
		const struct watching before = w;

		w.arena = arena;
		look(&w);
		forget_folders(&w, before.folders);
		find_concerned(&w, arena, &concerned);
		arena_free(before.arena);
		if (!concerned.count)
			continue;
		tell_round(&concerned);
		status = play(watch, &concerned);
	}
	close(w.inotify);
	arena_free(w.arena);
	return status;
}
