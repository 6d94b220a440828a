/*
 * A kernel that can be booted as a process: a binary of User-Mode Linux (ARCH=um), and what it was
 * built with. See Documentation/virt/uml/user_mode_linux_howto_v2.rst of the kernel.
 */
#ifndef TCPCLOSE_GUEST_KERNEL_H
#define TCPCLOSE_GUEST_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct guest_kernel {
	const char *path;      /* absolute */
	const char *arguments; /* additional words for its command line, or "" */
	const char *label;     /* as the user wrote it, for messages */
	bool virtual_time;     /* it can be booted with time-travel=inf-cpu, see inside.h */
};

enum { GUEST_ERROR_TEXT = 512 };

/*
 * Examines the kernel that `text` names: a path, and behind the first blank arguments for the
 * kernel. The binary is run to ask for its configuration, but it is not booted. Returns NULL and
 * sets `error` when it is not such a kernel or lacks something that a test needs. The result is in
 * the arena.
 */
const struct guest_kernel *guest_kernel_look(struct arena *arena, const char *text,
                                             char error[GUEST_ERROR_TEXT]);

#endif
