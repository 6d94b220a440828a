/*
 * Ends what a test has started when the test itself was killed and cannot: a process beside it, out
 * of its process group, that outlives it for a moment.
 */
#ifndef TCPCLOSE_HOST_GUARD_H
#define TCPCLOSE_HOST_GUARD_H

/*
 * Starts the guard of this process's group, unless there is one, or the group is somebody else's. To
 * be called before the first program is started; what cannot be guarded is run all the same.
 */
void guard_start(void);

#endif
