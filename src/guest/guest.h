/* A kernel that runs as a process of ours, seen from outside. */
#ifndef TCPCLOSE_GUEST_GUEST_H
#define TCPCLOSE_GUEST_GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"
#include "guest/kernel.h"

/*
 * The console's last lines are kept, all of them in the file GUEST_CONSOLE of the guest's folder.
 */
enum { GUEST_LINES = 60, GUEST_LINE = 256 };
#define GUEST_CONSOLE "console.txt"

struct guest {
	const struct guest_home *home;
	const struct guest_kernel *kernel;
	const char *folder;  /* what it shares with us, see share.h */
	pid_t child;         /* 0: it has ended */
	int console, output; /* to be polled for reading; -1 at their end */
	int log;
	char lines[GUEST_LINES][GUEST_LINE];
	size_t line_count;  /* all there were */
	size_t line_length; /* of the one that is not ended yet */
	int status;         /* as waitpid(2) tells it, when child is 0 */
};

/* The folder below which guests have theirs. It and they go when we do, even when we are killed. */
struct guest_home {
	const char *folder;
	int keeper;  /* told of guests; as long as it is open all stays */
	pid_t child; /* who takes it away */
};

/* Checks that there is room for the memory of `count` guests. False with `error` set. */
bool guest_home_open(struct guest_home *home, struct arena *arena, unsigned count,
                     char error[GUEST_ERROR_TEXT]);
void guest_home_close(struct guest_home *home);

/* Makes a folder for a guest in that one. NULL with errno. */
const char *guest_folder(struct arena *arena, const struct guest_home *home, unsigned number);

/*
 * Boots: what the guest is to do is in the folder already. False with errno when not even a process
 * could be made; that the kernel does not come up shows as its end. It stays on one processor, the
 * `processor`-th of those that we may use, counted around.
 */
bool guest_boot(struct guest *guest, const struct guest_home *home,
                const struct guest_kernel *kernel, const char *folder, unsigned processor);

/* Takes what there is to read; output goes to standard output. */
void guest_listen(struct guest *guest);

/* The i-th of the kept lines of the console, oldest first; NULL beyond the newest. */
const char *guest_line(const struct guest *guest, size_t i);

/* The line of the console in which the kernel says why it gave up; NULL: it did not. */
const char *guest_panic(const struct guest *guest);

/* That line, or the console's last, or "it says nothing". */
const char *guest_last_word(const struct guest *guest);

/* Has it ended by itself? Then guest->status is there. It may be asked again. */
bool guest_has_ended(struct guest *guest);

/* Kills what is left of it, and waits for that. */
void guest_end(struct guest *guest);

#endif
