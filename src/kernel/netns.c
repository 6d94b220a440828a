#include "kernel/netns.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fault.h"

/*
 * Below /proc/sys/net the kernel keeps the names of all network namespaces in the same folders, and
 * looks through all of them for ours. Beside a hundred other tests, opening a file there takes
 * longer than making a namespace. In a procfs that only we have there are no others.
 */
enum { NOT_MOUNTED = -1 };
static int own_proc = NOT_MOUNTED;

static void own_proc_open(void)
{
	int procfs = (int)syscall(SYS_fsopen, "proc", FSOPEN_CLOEXEC);

	if (procfs < 0)
		return;
	if (syscall(SYS_fsconfig, procfs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
		own_proc = (int)syscall(SYS_fsmount, procfs, FSMOUNT_CLOEXEC, 0);
	close(procfs);
}

#define PROC "/proc/"

/*
 * The path begins with PROC. Where procfs cannot be mounted, as by an ordinary user, that of the
 * machine does as well.
 */
static int proc_open(const char *path, int flags)
{
	if (own_proc == NOT_MOUNTED)
		return open(path, flags | O_CLOEXEC);
	return openat(own_proc, path + strlen(PROC), flags | O_CLOEXEC);
}

static int file_write(const char *path, const char *text)
{
	int fd = proc_open(path, O_WRONLY);
	ssize_t written;
	int error;

	if (fd < 0)
		return errno;
	written = write(fd, text, strlen(text));
	error = written < 0 ? errno : 0;
	close(fd);
	return error;
}

/* Makes our user root in the new user namespace. No other user exists there. */
static enum fault user_map(uid_t uid, gid_t gid, char *error)
{
	char uids[48], gids[48];
	const struct {
		const char *path, *text;
	} files[] = {
		/* user_namespaces(7): without privileges, this must be written before gid_map. */
		{ PROC "self/setgroups", "deny" },
		{ PROC "self/uid_map", uids },
		{ PROC "self/gid_map", gids },
	};

	snprintf(uids, sizeof(uids), "0 %u 1", uid);
	snprintf(gids, sizeof(gids), "0 %u 1", gid);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		int failed = file_write(files[i].path, files[i].text);

		if (failed)
			return fault_say(failed == EPERM || failed == EACCES ? FAULT_MISSING
			                                                     : FAULT_BROKEN,
			                 error, "the user namespace cannot be used: writing %s: %s",
			                 files[i].path, strerror(failed));
	}
	return FAULT_NONE;
}

static enum fault refused(int failed, char *error)
{
	switch (failed) {
	case EPERM:
	case EACCES:
		return fault_say(
			FAULT_MISSING, error,
			"user namespaces are not allowed here: run as root, or see the sysctls "
			"kernel.unprivileged_userns_clone, user.max_user_namespaces and "
			"kernel.apparmor_restrict_unprivileged_userns (in a chroot only root can)");
	case ENOSPC:
	case EUSERS:
		return fault_say(FAULT_MISSING, error,
		                 "no more namespaces are allowed here: see the sysctls "
		                 "user.max_user_namespaces and user.max_net_namespaces");
	case EINVAL:
	case ENOSYS:
		return fault_say(FAULT_MISSING, error,
		                 "this kernel has no network or user namespaces "
		                 "(CONFIG_NET_NS, CONFIG_USER_NS)");
	default:
		return fault_say(FAULT_BROKEN, error, "no namespace could be made: %s",
		                 strerror(failed));
	}
}

enum fault netns_enter(char *error)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (unshare(CLONE_NEWNET) == 0) {
		own_proc_open();
		return FAULT_NONE;
	}
	if (errno != EPERM)
		return refused(errno, error);
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
		return refused(errno, error);
	return user_map(uid, gid, error);
}

void netns_leave(void)
{
	if (own_proc != NOT_MOUNTED)
		close(own_proc);
	own_proc = NOT_MOUNTED;
}

enum fault netns_enter_another(char *error)
{
	return unshare(CLONE_NEWNET) == 0 ? FAULT_NONE : refused(errno, error);
}

enum fault netns_open(int *fd, char *error)
{
	*fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	return *fd >= 0 ? FAULT_NONE
	                : fault_say(FAULT_BROKEN, error, "/proc/thread-self/ns/net: %s",
	                            strerror(errno));
}

bool netns_go(int fd)
{
	return setns(fd, CLONE_NEWNET) == 0;
}

/* Makes /proc/sys/net/ipv4/tcp_rmem of net.ipv4.tcp_rmem or net/ipv4/tcp_rmem. */
static bool sysctl_path(const char *name, char path[PATH_MAX])
{
	int length = snprintf(path, PATH_MAX, PROC "sys/%s", name);

	if (length < 0 || length >= PATH_MAX || name[0] == '/' || name[0] == '.' ||
	    strstr(name, ".."))
		return false;
	if (!strchr(name, '/'))
		for (char *c = path; *c; c++)
			if (*c == '.')
				*c = '/';
	return true;
}

/*
 * In a namespace, even root may only choose a congestion control that the machine allows to
 * everybody. That list belongs to the machine, so we do not change it.
 */
static enum fault congestion_control_refused(const char *name, const char *value, char *error)
{
	const char *list = "net.ipv4.tcp_allowed_congestion_control";
	char allowed[FAULT_TEXT / 4], ignored[FAULT_TEXT];

	if (sysctl_read(list, allowed, sizeof(allowed), ignored) != FAULT_NONE)
		allowed[0] = '\0';
	return fault_say(FAULT_MISSING, error,
	                 "sysctl %s: this machine allows only '%s' in a namespace, not '%s': root "
	                 "can add it to %s; or set TCP_CONGESTION on the socket",
	                 name, allowed, value, list);
}

static enum fault sysctl_failed(const char *name, const char *value, int failed, char *error)
{
	if (failed == EPERM && value && !strcmp(name, "net.ipv4.tcp_congestion_control"))
		return congestion_control_refused(name, value, error);
	switch (failed) {
	case ENOENT:
		/*
		 * When a value is written, ENOENT is about the value, such as the name of a
		 * congestion control.
		 */
		if (value && *value)
			return fault_say(FAULT_MISSING, error,
			                 "sysctl %s: this kernel does not know '%s'", name, value);
		return fault_say(FAULT_MISSING, error, "this kernel has no sysctl %s", name);
	case EPERM:
	case EACCES:
	case EROFS:
		return fault_say(FAULT_MISSING, error, "sysctl %s may not be %s here: %s", name,
		                 value ? "set" : "read", strerror(failed));
	default:
		return fault_say(FAULT_BROKEN, error, "sysctl %s%s%s: %s", name, value ? " = " : "",
		                 value ? value : "", strerror(failed));
	}
}

enum fault sysctl_write(const char *name, const char *value, char *error)
{
	char path[PATH_MAX];
	int failed;

	if (!sysctl_path(name, path))
		return fault_say(FAULT_BROKEN, error, "'%s' is not the name of a sysctl", name);
	failed = file_write(path, value);
	if (!failed)
		return FAULT_NONE;
	if (failed == ENOENT && access(path, F_OK) < 0)
		value = "";
	return sysctl_failed(name, value, failed, error);
}

enum fault sysctl_read(const char *name, char *value, size_t size, char *error)
{
	char path[PATH_MAX];
	ssize_t length;
	int fd, failed;

	if (!sysctl_path(name, path))
		return fault_say(FAULT_BROKEN, error, "'%s' is not the name of a sysctl", name);
	fd = proc_open(path, O_RDONLY);
	if (fd < 0)
		return sysctl_failed(name, NULL, errno, error);
	length = read(fd, value, size - 1);
	failed = errno;
	close(fd);
	if (length < 0)
		return sysctl_failed(name, NULL, failed, error);
	while (length > 0 && value[length - 1] == '\n')
		length--;
	value[length] = '\0';
	for (char *tab = value; (tab = strchr(tab, '\t')); tab++)
		*tab = ' ';
	return FAULT_NONE;
}
