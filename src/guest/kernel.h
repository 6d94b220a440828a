/*
 * A kernel that can be booted as a process: a User-Mode Linux binary (ARCH=um), and what it was
 * built with. See the kernel's Documentation/virt/uml/user_mode_linux_howto_v2.rst.
 */
#ifndef TCPCLOSE_GUEST_KERNEL_H
#define TCPCLOSE_GUEST_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct guest_kernel {
	const char *path;      /* absolute */
	const char *arguments; /* for its command line, or "" */
	const char *label;     /* as it was written, for people */
	bool virtual_time;     /* it can be booted with time-travel=inf-cpu */
};

enum { GUEST_ERROR_TEXT = 512 };

/*
 * Looks at what `text` names: a path, and behind the first blank arguments for the kernel. It is
 * executed to ask for its configuration, and not booted. NULL, with `error` set, when it is no such
 * kernel or lacks what a test needs. What is returned lives in the arena.
 */
const struct guest_kernel *guest_kernel_look(struct arena *arena, const char *text,
                                             char error[GUEST_ERROR_TEXT]);

#endif
