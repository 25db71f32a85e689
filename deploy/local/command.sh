# Read by the commands beside it: builds what is missing, finds a Java, and becomes it.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)

for argument; do
    case $argument in
        -h | --help) sed -n '2,/^$/s/^# \{0,1\}//p' "$0" && exit ;;
        --build) build=yes ;;
    esac
done

if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
case $version in
    '') echo "There is no Java: install a JDK, 17 or newer, and put it on the PATH or into JAVA_HOME." >&2 && exit 1 ;;
    1.* | 9 | 1[0-6]) echo "$java is Java $version; it takes 17 or newer (JAVA_HOME, PATH)." >&2 && exit 1 ;;
esac

for built in webhook-gateway/target/quarkus-app/quarkus-run.jar refunds-service/target/quarkus-app/quarkus-run.jar \
    partner-connectors/target/quarkus-app/quarkus-run.jar deploy/local/target/local.jar deploy/local/target/lib; do
    [ -e "$root/$built" ] || build=yes
done
if [ "${build:-no}" = yes ]; then
    for target in "$root"/*/target "$here/target"; do
        if [ -e "$target" ] && ! [ -w "$target" ]; then
            echo "$target belongs to another user: build as that user, or delete it." >&2 && exit 1
        fi
    done
    echo "Building first: ./mvnw -q -DskipTests package" >&2
    (cd "$root" && ./mvnw -q -DskipTests package >&2) || exit 1
fi

# quick to start; who sends and answers where something is measured must not be what is slow
case $(basename -- "$0") in
    bench) compiler= ;;
    *) compiler=-XX:TieredStopAtLevel=1 ;;
esac
# shellcheck disable=SC2086 # nothing, or one word
exec "$java" -Xmx384m -XX:+UseSerialGC $compiler -Dhub.local="$here" \
    -cp "$here/target/local.jar:$here/target/lib/*" dev.refundhub.local.Main "$(basename -- "$0")" "$@"
