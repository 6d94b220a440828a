#include "guest/modules.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#define MODULES "/usr/lib/uml/modules" /* where Debian's package user-mode-linux has them */

static void folder_of_modules(char folder[PATH_MAX])
{
	struct utsname system;

	uname(&system);
	snprintf(folder, PATH_MAX, "%s/%s", MODULES, system.release);
}

static void load_file(const char *folder, const char *file)
{
	char path[PATH_MAX + 256];

	snprintf(path, sizeof(path), "%s/%s", folder, file);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	syscall(SYS_finit_module, fd, "", 0);
	close(fd);
}

/* Tells whether a file is the module `name`: "kernel/net/ipv4/tunnel4.ko" is tunnel4. */
static bool is_module(const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');
	size_t length = strlen(name);

	file = slash ? slash + 1 : file;
	return !strncmp(file, name, length) && !strncmp(file + length, ".ko", 3);
}

/*
 * Loads what a line of modules.dep names: "FILE: FILE ...". Behind the colon are the modules that
 * the first one needs; the last of them must be loaded first.
 */
static void load_line(const char *folder, char *line)
{
	char *colon = strchr(line, ':'), *last;

	*colon = ' ';
	while ((last = strrchr(line, ' '))) {
		if (last[1])
			load_file(folder, last + 1);
		*last = '\0';
	}
	load_file(folder, line);
}

void modules_load(const char *name)
{
	char folder[PATH_MAX], path[PATH_MAX + 16], line[8192];

	folder_of_modules(folder);
	snprintf(path, sizeof(path), "%s/modules.dep", folder);
	FILE *in = fopen(path, "re");
	while (in && fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\n")] = '\0';
		char *colon = strchr(line, ':');
		if (!colon)
			continue;
		*colon = '\0';
		bool found = is_module(line, name);
		*colon = ':';
		if (found)
			load_line(folder, line);
	}
	if (in)
		fclose(in);
}

void modules_offer(void)
{
	static const char *const needed[] = { "tun", "ipv6", "af_packet", "inet_diag", "tcp_diag" };
	char folder[PATH_MAX], where[PATH_MAX];

	folder_of_modules(folder);
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		modules_load(needed[i]);
	snprintf(where, sizeof(where), "/lib%s", folder + strlen("/usr/lib/uml"));
	mkdir("/lib/modules", 0755);
	mkdir(where, 0755);
	mount(folder, where, NULL, MS_BIND, NULL);
}
