/*
 * The guest's root is the root of the host, read-only, by hostfs. An overlay with a tmpfs on top
 * takes what is written; it becomes the root of the program. /proc, /sys and /dev are the guest's
 * own; a folder in /dev is shared with the host. The folders in which the host wants results are
 * mounted from the host again, writable.
 */
#include "guest/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include "guest/modules.h"
#include "guest/share.h"

/* A folder of the host's root, on which something is mounted until the overlay is there. */
#define STAGE "/tmp"
#define ROOT STAGE "/root"

_Noreturn void inside_leave(void)
{
	fflush(NULL);
	sync();
	reboot(RB_POWER_OFF);
	_exit(1);
}

__attribute__((format(printf, 1, 2))) static _Noreturn void give_up(const char *format, ...)
{
	int error = errno;
	va_list args;

	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, ": %s\n", strerror(error));
	inside_leave();
}

/* ---- mounting ---- */

static void put(const char *type, const char *where, unsigned long flags, const char *data)
{
	mkdir(where, 0755);
	if (mount("none", where, type, flags, data) != 0)
		give_up("mounting %s on %s", type, where);
}

static void make_root(void)
{
	put("tmpfs", STAGE, 0, "mode=755");
	mkdir(STAGE "/upper", 0755);
	mkdir(STAGE "/work", 0755);
	put("overlay", ROOT, 0, "lowerdir=/,upperdir=" STAGE "/upper,workdir=" STAGE "/work");
	put("proc", ROOT "/proc", 0, NULL);
	put("sysfs", ROOT "/sys", 0, NULL);
	put("tmpfs", ROOT "/dev", MS_NOSUID, "mode=755");
}

static const struct {
	const char *name;
	unsigned major, minor;
} devices[] = {
	/* clang-format off */
	{ "null", 1, 3 }, { "zero", 1, 5 }, { "full", 1, 7 }, { "random", 1, 8 }, { "urandom", 1, 9 },
	{ "kmsg", 1, 11 }, { "tty", 5, 0 }, { "console", 5, 1 }, { "ptmx", 5, 2 }, { "tty1", 4, 1 },
	{ "net/tun", 10, 200 },
	/* clang-format on */
};

static const struct {
	const char *name, *target;
} links[] = {
	{ "fd", "/proc/self/fd" },
	{ "stdin", "/proc/self/fd/0" },
	{ "stdout", "/proc/self/fd/1" },
	{ "stderr", "/proc/self/fd/2" },
};

static void make_devices(void)
{
	umask(0);
	mkdir("/dev/net", 0755);
	for (size_t i = 0; i < sizeof(devices) / sizeof(*devices); i++)
		mknodat(AT_FDCWD, devices[i].name, S_IFCHR | 0666,
		        makedev(devices[i].major, devices[i].minor));
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		if (symlink(links[i].target, links[i].name) != 0)
			give_up("/dev/%s", links[i].name);
	umask(022);
	mkdir("/dev/pts", 0755);
	mkdir("/dev/shm", 01777);
	mount("none", "/dev/pts", "devpts", 0, NULL);
}

/* What the program prints goes to a pipe of its own, apart from the kernel's messages. */
static void open_output(void)
{
	int in = open("/dev/null", O_RDONLY), out = open("/dev/tty1", O_WRONLY | O_NOCTTY);

	if (in < 0 || out < 0)
		give_up("/dev/tty1");
	dup2(in, 0);
	dup2(out, 1);
	dup2(out, 2);
	if (in > 2)
		close(in);
	if (out > 2)
		close(out);
}

static void enter_root(const char *folder)
{
	if (chdir(ROOT) != 0 || chroot(".") != 0 || chdir("/dev") != 0)
		give_up("entering the root");
	make_devices();
	put("hostfs", SHARE_INSIDE, 0, folder);
	open_output();
}

/* ---- what is to be done ---- */

static void open_places(struct arena *arena)
{
	const char **places = share_read(arena, SHARE_INSIDE, SHARE_PLACES, NULL);

	if (!places || !places[0])
		give_up("%s", SHARE_PLACES);
	for (size_t i = 1; places[i]; i++)
		put("hostfs", places[i], 0, places[i]);
	if (chdir(places[0]) != 0)
		give_up("entering %s", places[0]);
}

static void take_environment(struct arena *arena)
{
	const char **texts = share_read(arena, SHARE_INSIDE, SHARE_ENVIRONMENT, NULL);

	if (!texts)
		give_up("%s", SHARE_ENVIRONMENT);
	clearenv();
	for (; *texts; texts++)
		putenv((char *)*texts);
}

bool inside_enter(struct arena *arena, int *argc, char ***argv)
{
	const char *folder = *argc > 1 ? (*argv)[1] : "";
	size_t count, prefix = strlen(INSIDE_OPTION);

	if (getpid() != 1 || strncmp(folder, INSIDE_OPTION, prefix))
		return false;
	setsid();
	if (sethostname("guest", strlen("guest")) != 0)
		give_up("naming the guest");
	modules_load("overlay");
	make_root();
	enter_root(folder + prefix);
	modules_offer();
	take_environment(arena);
	open_places(arena);
	*argv = (char **)share_read(arena, SHARE_INSIDE, SHARE_WORDS, &count);
	if (!*argv)
		give_up("%s", SHARE_WORDS);
	*argc = (int)count;
	return true;
}

/* ---- time ---- */

bool inside_virtual_time(void)
{
	char line[4096] = "";
	FILE *in = fopen("/proc/cmdline", "re");
	bool is = in && fgets(line, sizeof(line), in) && strstr(line, "time-travel=inf-cpu");

	if (in)
		fclose(in);
	return is;
}

void inside_align(enum inside_grid grid)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec = (time.tv_sec / grid + 1) * grid;
	time.tv_nsec = 0;
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR)
		;
}
