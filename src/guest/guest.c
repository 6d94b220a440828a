/*
 * A guest: a User-Mode Linux kernel with its helper processes, all in one session, which ends with
 * our process. The guest's memory is a file in a tmpfs. Two pipes come from it: the kernel's
 * console, and a second one for what the program inside prints. Results come as files in the
 * guest's folder.
 */
#include "guest/guest.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <linux/magic.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest/inside.h"

enum {
	MEMORY = 512,
	MEGABYTE = 1 << 20
};                  /* MEMORY: megabytes of a guest; the host gives them only as they are used */
enum { USED = 96 }; /* megabytes that the largest suite so far has used */

/* ---- folders ---- */

static bool is_tmpfs(const char *path)
{
	struct statfs status;

	return statfs(path, &status) == 0 && status.f_type == TMPFS_MAGIC;
}

static const char *place_of_folders(void)
{
	const char *named = getenv("TMPDIR");

	if (named && *named && is_tmpfs(named))
		return named;
	if (is_tmpfs("/dev/shm") && access("/dev/shm", W_OK | X_OK) == 0)
		return "/dev/shm";
	return named && *named ? named : "/tmp";
}

static bool has_room(const char *place, unsigned count, char error[GUEST_ERROR_TEXT])
{
	unsigned long needed = (unsigned long)count * USED, left;
	struct statvfs room;

	if (statvfs(place, &room) != 0)
		return true;
	left = room.f_bavail * room.f_frsize / MEGABYTE;
	if (left >= needed)
		return true;
	snprintf(error, GUEST_ERROR_TEXT, "%s has %lu MB left, but %u guest%s need%s %lu MB", place,
	         left, count, count == 1 ? "" : "s", count == 1 ? "s" : "", needed);
	return false;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	return remove(path);
}

/* Tried more than once: a guest that is being killed may still write a file. */
static void remove_folder(const char *folder)
{
	enum { TRIES = 50, PAUSE = 20000 };

	for (int i = 0; i < TRIES; i++) {
		nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
		if (access(folder, F_OK) != 0)
			return;
		usleep(PAUSE);
	}
}

enum { KEPT = 256 }; /* guests at the same time; the keeper forgets those beyond */

/* Notes the session of a guest that was started, or strikes it out when the number is negative. */
static void note(pid_t kept[KEPT], pid_t session)
{
	pid_t from = session < 0 ? -session : 0, to = session < 0 ? 0 : session;

	for (size_t i = 0; i < KEPT; i++)
		if (kept[i] == from) {
			kept[i] = to;
			return;
		}
}

/*
 * The keeper: a process that waits until nobody has the other end of the pipe, in whatever way that
 * process ended. Then it kills the sessions of all guests and removes the folder. It is needed
 * because a guest's main process dies with its parent, but its helpers do not.
 */
static _Noreturn void keep(const char *folder, int in)
{
	pid_t kept[KEPT] = { 0 }, session;
	ssize_t length;

	setsid();
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	while ((length = read(in, &session, sizeof(session))) != 0)
		if (length == sizeof(session))
			note(kept, session);
		else if (errno != EINTR)
			break;
	for (size_t i = 0; i < KEPT; i++)
		if (kept[i])
			kill(-kept[i], SIGKILL);
	remove_folder(folder);
	_exit(0);
}

static void tell_keeper(const struct guest_home *home, pid_t session)
{
	while (write(home->keeper, &session, sizeof(session)) < 0 && errno == EINTR)
		;
}

static bool make_home(struct guest_home *home, struct arena *arena, const char *place,
                      char error[GUEST_ERROR_TEXT])
{
	char *folder = arena_printf(arena, "%s/tcpclose.XXXXXX", place);
	int ends[2];

	*home = (struct guest_home){ .folder = folder, .keeper = -1 };
	if (!mkdtemp(folder) || pipe2(ends, O_CLOEXEC) != 0) {
		snprintf(error, GUEST_ERROR_TEXT, "%s: %s", folder, strerror(errno));
		rmdir(folder);
		return false;
	}
	fflush(NULL);
	home->keeper = ends[1];
	home->child = fork();
	if (home->child == 0) {
		close(ends[1]);
		keep(folder, ends[0]);
	}
	close(ends[0]);
	return true;
}

bool guest_home_open(struct guest_home *home, struct arena *arena, unsigned count,
                     char error[GUEST_ERROR_TEXT])
{
	const char *place = place_of_folders();

	*home = (struct guest_home){ .keeper = -1 };
	return has_room(place, count, error) && make_home(home, arena, place, error);
}

void guest_home_close(struct guest_home *home)
{
	if (home->keeper < 0)
		return;
	close(home->keeper);
	if (home->child > 0)
		waitpid(home->child, NULL, 0);
	else
		remove_folder(home->folder);
}

const char *guest_folder(struct arena *arena, const struct guest_home *home, unsigned number)
{
	const char *path = arena_printf(arena, "%s/guest-%u", home->folder, number);

	return mkdir(path, 0700) == 0 ? path : NULL;
}

/* ---- booting ---- */

enum { ARGUMENTS = 32 };

static const char *const always[] = {
	"root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro",         "con=null",
	"con0=null,fd:1", "con1=null,fd:3",    "umid=guest",  "loglevel=5", "oops=panic",
};
static const char *const in_virtual_time[] = {
	"time-travel=inf-cpu",
	"time-travel-start=1700000000000000000", /* the start, in nanoseconds */
};

/* The user's arguments come last, so that they can change all of ours but those for the program. */
static void command_line(const struct guest *guest, struct arena *arena, char *words[ARGUMENTS])
{
	char self[PATH_MAX] = "";
	size_t count = 0;

	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		*self = '\0';
	words[count++] = (char *)guest->kernel->path;
	words[count++] = arena_printf(arena, "mem=%dM", MEMORY);
	words[count++] = arena_printf(arena, "uml_dir=%s/", guest->folder);
	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		words[count++] = arena_strdup(arena, always[i]);
	for (size_t i = 0;
	     guest->kernel->virtual_time && i < sizeof(in_virtual_time) / sizeof(*in_virtual_time);
	     i++)
		words[count++] = arena_strdup(arena, in_virtual_time[i]);
	words[count++] = arena_printf(arena, "init=%s", self);
	char *next = arena_strdup(arena, guest->kernel->arguments), *word;
	while ((word = strsep(&next, " ")) && count < ARGUMENTS - 3)
		if (*word)
			words[count++] = word;
	words[count++] = arena_strdup(arena, "--");
	words[count++] = arena_printf(arena, "%s%s", INSIDE_OPTION, guest->folder);
	words[count] = NULL;
}

/*
 * A guest is several processes that wait for each other; a system call inside hands the turn from
 * one to another. On one processor that is twice as fast as on several.
 */
static void stay_on_one_processor(unsigned number)
{
	cpu_set_t allowed, one;

	CPU_ZERO(&one);
	if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0 || !CPU_COUNT(&allowed))
		return;
	number %= (unsigned)CPU_COUNT(&allowed);
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &allowed) && number-- == 0)
			CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

static _Noreturn void become(const struct guest *guest, unsigned processor, int console, int output)
{
	struct arena *arena = arena_new();
	char *words[ARGUMENTS];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setsid();
	/*
	 * With random addresses, the amount of memory that the guest gets would change from boot to
	 * boot.
	 */
	personality(ADDR_NO_RANDOMIZE);
	stay_on_one_processor(processor);
	command_line(guest, arena, words);
	/* The guest makes the file for its memory in this folder. */
	setenv("TMPDIR", guest->folder, 1);
	dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
	dup2(console, 1);
	dup2(console, 2);
	dup2(output, 3);
	execv(words[0], words);
	dprintf(1, "%s: %s\n", words[0], strerror(errno));
	_exit(127);
}

bool guest_boot(struct guest *guest, const struct guest_home *home,
                const struct guest_kernel *kernel, const char *folder, unsigned processor)
{
	int console[2], output[2];
	char path[PATH_MAX];

	*guest = (struct guest){ .home = home, .kernel = kernel, .folder = folder };
	snprintf(path, sizeof(path), "%s/" GUEST_CONSOLE, folder);
	guest->log = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (guest->log < 0 || pipe2(console, O_CLOEXEC) != 0)
		return false;
	if (pipe2(output, O_CLOEXEC) != 0) {
		close(console[0]);
		close(console[1]);
		return false;
	}
	fflush(NULL);
	guest->child = fork();
	if (guest->child == 0)
		become(guest, processor, console[1], output[1]);
	if (guest->child > 0)
		tell_keeper(home, guest->child);
	close(console[1]);
	close(output[1]);
	guest->console = console[0];
	guest->output = output[0];
	fcntl(guest->console, F_SETFL, O_NONBLOCK);
	fcntl(guest->output, F_SETFL, O_NONBLOCK);
	return guest->child > 0;
}

/* ---- what a guest prints ---- */

static void add_line(struct guest *guest, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char *line = guest->lines[guest->line_count % GUEST_LINES];

		if (text[i] == '\n') {
			guest->line_count += guest->line_length > 0;
			guest->line_length = 0;
		} else if (text[i] != '\r' && guest->line_length < GUEST_LINE - 1) {
			line[guest->line_length++] = text[i];
			line[guest->line_length] = '\0';
		}
	}
}

/* Returns false at the end of the pipe, which is then closed. */
static bool take(int *fd, char *bytes, size_t room, ssize_t *length)
{
	*length = *fd < 0 ? 0 : read(*fd, bytes, room);
	if (*fd < 0 || *length > 0 || (*length < 0 && (errno == EAGAIN || errno == EINTR)))
		return *fd >= 0;
	close(*fd);
	*fd = -1;
	return false;
}

void guest_listen(struct guest *guest)
{
	char bytes[4096];
	ssize_t length;

	while (take(&guest->console, bytes, sizeof(bytes), &length) && length > 0) {
		/* If the disk is full, the last lines are still kept in memory. */
		ssize_t written = write(guest->log, bytes, (size_t)length);
		(void)written;
		add_line(guest, bytes, (size_t)length);
	}
	while (take(&guest->output, bytes, sizeof(bytes), &length) && length > 0)
		fwrite(bytes, 1, (size_t)length, stdout);
}

const char *guest_line(const struct guest *guest, size_t i)
{
	size_t count = guest->line_count, kept = count < GUEST_LINES ? count : GUEST_LINES - 1;

	return i < kept ? guest->lines[(count - kept + i) % GUEST_LINES] : NULL;
}

const char *guest_panic(const struct guest *guest)
{
	const char *line;

	for (size_t i = 0; (line = guest_line(guest, i)); i++)
		if (strstr(line, "Kernel panic"))
			return line;
	return NULL;
}

const char *guest_last_word(const struct guest *guest)
{
	const char *panic = guest_panic(guest);
	const char *last =
		guest->line_count ? guest->lines[(guest->line_count - 1) % GUEST_LINES] : NULL;

	return panic ? panic : last ? last : "it says nothing";
}

/* ---- its end ---- */

bool guest_has_ended(struct guest *guest)
{
	if (!guest->child)
		return true;
	guest_listen(guest);
	if (guest->console >= 0 || waitpid(guest->child, &guest->status, WNOHANG) == 0)
		return false;
	/* If the guest left processes behind, they end with its session. */
	kill(-guest->child, SIGKILL);
	tell_keeper(guest->home, -guest->child);
	guest->child = 0;
	return true;
}

void guest_end(struct guest *guest)
{
	if (guest->child > 0) {
		kill(-guest->child, SIGKILL);
		kill(guest->child, SIGKILL);
		while (waitpid(guest->child, &guest->status, 0) < 0 && errno == EINTR)
			;
		tell_keeper(guest->home, -guest->child);
	}
	guest->child = 0;
	guest_listen(guest);
	if (guest->console >= 0)
		close(guest->console);
	if (guest->output >= 0)
		close(guest->output);
	close(guest->log);
	guest->console = guest->output = guest->log = -1;
}
