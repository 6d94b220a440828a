/* A guest, seen from outside: a kernel that runs as a process of ours. */
#ifndef TCPCLOSE_GUEST_GUEST_H
#define TCPCLOSE_GUEST_GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"
#include "guest/kernel.h"

/*
 * How many of the console's last lines are kept in memory. The file GUEST_CONSOLE in the guest's
 * folder has all of them.
 */
enum { GUEST_LINES = 60, GUEST_LINE = 256 };
#define GUEST_CONSOLE "console.txt"

struct guest {
	const struct guest_home *home;
	const struct guest_kernel *kernel;
	const char *folder;  /* what the guest shares with us, see share.h */
	pid_t child;         /* 0: it has ended */
	int console, output; /* poll(2) these for reading; -1 after their end */
	int log;
	char lines[GUEST_LINES][GUEST_LINE];
	size_t line_count;  /* of all lines that were printed */
	size_t line_length; /* of the line that is not complete yet */
	int status;         /* as waitpid(2) tells it; valid when child is 0 */
};

/*
 * The folder in which each guest has its own folder. Both are removed when our process ends, even
 * when it is killed.
 */
struct guest_home {
	const char *folder;
	/* A pipe to the keeper, which is told of guests; when it closes, everything is removed. */
	int keeper;
	pid_t child; /* the keeper: the process that removes the folder */
};

/*
 * Makes the folder, and checks that there is room for the memory of `count` guests. Returns false
 * and sets `error` when there is not.
 */
bool guest_home_open(struct guest_home *home, struct arena *arena, unsigned count,
                     char error[GUEST_ERROR_TEXT]);

void guest_home_close(struct guest_home *home);

/* Makes the folder of a guest. Returns NULL with errno on an error. */
const char *guest_folder(struct arena *arena, const struct guest_home *home, unsigned number);

/*
 * Boots a guest. What it shall do must be in the folder already. Returns false with errno when not
 * even a process could be made; when the kernel does not come up, the guest just ends. The guest
 * stays on one processor: the `processor`-th of those that we may use, beginning again at the first
 * when there are fewer.
 */
bool guest_boot(struct guest *guest, const struct guest_home *home,
                const struct guest_kernel *kernel, const char *folder, unsigned processor);

/* Reads what there is to read. What the program in the guest prints goes to standard output. */
void guest_listen(struct guest *guest);

/* The i-th of the console's lines that are kept, the oldest first; NULL behind the newest. */
const char *guest_line(const struct guest *guest, size_t i);

/* The line of the console in which the kernel says why it gave up; NULL when there is none. */
const char *guest_panic(const struct guest *guest);

/* That line, or the last line of the console, or "it says nothing". */
const char *guest_last_word(const struct guest *guest);

/* Tells whether the guest has ended by itself. Then guest->status is set. It may be asked again. */
bool guest_has_ended(struct guest *guest);

/* Kills what is left of the guest, and waits until it is gone. */
void guest_end(struct guest *guest);

#endif
