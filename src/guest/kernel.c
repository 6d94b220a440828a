#include "guest/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- what a test needs of a kernel ---- */

enum form { BUILT_IN, ALSO_A_MODULE };

static const struct {
	const char *option;
	enum form form;
	const char *what_for;
} required[] = {
	{ "HOSTFS", BUILT_IN, "the files of this machine" },
	{ "BINFMT_ELF", BUILT_IN, "programs" },
	{ "PROC_FS", BUILT_IN, "sysctls" },
	{ "TMPFS", BUILT_IN, "what a guest writes" },
	{ "OVERLAY_FS", ALSO_A_MODULE, "what a guest writes" },
	{ "NET_NS", BUILT_IN, "a namespace for each test" },
	{ "PACKET", ALSO_A_MODULE, "what the kernel sends" },
	{ "TUN", ALSO_A_MODULE, "the network device" },
	{ "INET", BUILT_IN, "TCP" },
	{ "IPV6", ALSO_A_MODULE, "TCP over IPv6" },
	{ "INET_TCP_DIAG", ALSO_A_MODULE, "states and timers" },
};

enum { REQUIRED = sizeof(required) / sizeof(*required) };

/* ---- what the binary says about itself ---- */

enum { CONFIG_MAX = 4 << 20, PATIENCE = 10 };

static _Noreturn void ask(const char *path, int out)
{
	char *words[] = { (char *)path, "--showconfig", NULL }, *none[] = { NULL };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	dup2(null, 0);
	dup2(out, 1);
	dup2(null, 2);
	alarm(PATIENCE);
	execve(path, words, none);
	_exit(127);
}

static size_t read_all(int fd, char *text, size_t room)
{
	size_t length = 0;
	ssize_t got;

	while (length < room - 1 && (got = read(fd, text + length, room - 1 - length)) != 0)
		if (got > 0)
			length += (size_t)got;
		else if (errno != EINTR)
			break;
	text[length] = '\0';
	return length;
}

/*
 * Returns the configuration as text, which the caller frees; NULL when the binary does not tell it.
 */
static char *configuration(const char *path)
{
	char *text = malloc(CONFIG_MAX);
	int ends[2], status;

	if (!text || pipe2(ends, O_CLOEXEC) != 0) {
		free(text);
		return NULL;
	}
	pid_t child = fork();
	if (child == 0)
		ask(path, ends[1]);
	close(ends[1]);
	size_t length = child > 0 ? read_all(ends[0], text, CONFIG_MAX) : 0;
	close(ends[0]);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (length && strstr(text, "\nCONFIG_UML=y\n"))
		return text;
	free(text);
	return NULL;
}

/* Returns 'y', 'm', or 0 when the option is not set. */
static char configured(const char *config, const char *option)
{
	char line[64];
	int length = snprintf(line, sizeof(line), "\nCONFIG_%s=", option);
	const char *found = strstr(config, line);

	return found ? found[length] : 0;
}

static bool check_required(struct guest_kernel *kernel, const char *config,
                           char error[GUEST_ERROR_TEXT])
{
	for (size_t i = 0; i < REQUIRED; i++) {
		char has = configured(config, required[i].option);

		if (has == 'y' || (has == 'm' && required[i].form == ALSO_A_MODULE))
			continue;
		snprintf(error, GUEST_ERROR_TEXT,
		         "%s was built without CONFIG_%s%s, which is needed for %s", kernel->path,
		         required[i].option, has == 'm' ? "=y" : "", required[i].what_for);
		return false;
	}
	kernel->virtual_time = configured(config, "UML_TIME_TRAVEL_SUPPORT") == 'y';
	return true;
}

/* ---- what the file is ---- */

/* The mark of a kernel for real hardware, see Documentation/arch/x86/boot.rst, offset 0x202. */
static bool is_bzimage(const char *path)
{
	char mark[4] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool is = fd >= 0 && pread(fd, mark, sizeof(mark), 0x202) == sizeof(mark) &&
	          !memcmp(mark, "HdrS", sizeof(mark));

	if (fd >= 0)
		close(fd);
	return is;
}

static const char *refusal(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return strerror(errno);
	if (S_ISDIR(status.st_mode))
		return "is a directory; lab/build-kernel makes a kernel of a source tree";
	if (is_bzimage(path))
		return "is a kernel for a machine, not for a process (ARCH=um); lab.txt tells how "
		       "to use it "
		       "with qemu";
	if (!S_ISREG(status.st_mode) || access(path, X_OK) != 0)
		return "is not a kernel: it cannot be executed";
	return NULL;
}

const struct guest_kernel *guest_kernel_look(struct arena *arena, const char *text,
                                             char error[GUEST_ERROR_TEXT])
{
	struct guest_kernel *kernel = arena_alloc(arena, sizeof(*kernel));
	size_t length = strcspn(text, " ");
	const char *path = arena_strndup(arena, text, length), *why = refusal(path);
	char absolute[PATH_MAX];

	kernel->label = arena_strdup(arena, text);
	kernel->arguments = arena_strdup(arena, text + length + strspn(text + length, " "));
	if (why || !realpath(path, absolute)) {
		snprintf(error, GUEST_ERROR_TEXT, "%s: %s", path, why ? why : strerror(errno));
		return NULL;
	}
	kernel->path = arena_strdup(arena, absolute);
	char *config = configuration(absolute);
	if (!config) {
		snprintf(error, GUEST_ERROR_TEXT,
		         "%s: is not a User-Mode Linux kernel (ARCH=um): it does not "
		         "answer to --showconfig",
		         path);
		return NULL;
	}
	bool good = check_required(kernel, config, error);
	free(config);
	return good ? kernel : NULL;
}
