#!/bin/sh
# Stands in for the `claude` command in a test: gives what it was started with to the test's provider, which listens at `door`,
# and does what that answers, line by line.
PATH=/usr/bin:/bin
here='@HERE@'
call="$here/$$"
mkdir "$call" && mkfifo "$call/answer" || exit 70
n=0
for argument; do
    printf '%s' "$argument" > "$call/argument-$n"
    n=$((n + 1))
done
printf '%s' "${ANTHROPIC_API_KEY-}" > "$call/key"
cat > "$call/prompt"
printf '%s\n' "$$" > "$here/door"
while IFS= read -r line; do
    case $line in
        out\ *) printf '%s\n' "${line#out }" ;;
        err\ *) printf '%s\n' "${line#err }" >&2 ;;
        exit\ *) exit "${line#exit }" ;;
    esac
done < "$call/answer"
# The provider has gone away in the middle, and so does this.
kill -9 "$$"
