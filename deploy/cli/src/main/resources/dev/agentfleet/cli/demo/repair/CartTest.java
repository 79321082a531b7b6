import java.nio.file.Files;
import java.nio.file.Path;

/** Tests of the cart without a framework: a line each, and JUnit XML in report.xml. */
final class CartTest {

    private static final StringBuilder CASES = new StringBuilder();
    private static int failures;

    public static void main(String[] arguments) throws Exception {
        test("anEmptyCartCostsNothing", 0, new Cart());

        var several = new Cart();
        several.add("pen", 150, 3);
        several.add("book", 999, 1);
        test("itemsAreAddedUp", 1449, several);

        var tenth = new Cart();
        tenth.add("chair", 5000, 2);
        tenth.redeem(10);
        test("aCouponTakesItsPercentOff", 9000, tenth);

        var rounded = new Cart();
        rounded.add("book", 999, 1);
        rounded.redeem(10);
        test("aDiscountIsRoundedForTheCustomer", 899, rounded);

        var free = new Cart();
        free.add("pen", 150, 1);
        free.redeem(100);
        test("aFullCouponLeavesNothingToPay", 0, free);

        Files.writeString(Path.of("report.xml"), "<testsuite name=\"CartTest\">\n" + CASES + "</testsuite>\n");
        System.exit(failures == 0 ? 0 : 1);
    }

    private static void test(String name, long expected, Cart cart) {
        long actual = cart.total();
        boolean passed = actual == expected;
        String problem = "expected a total of " + expected + " but was " + actual;
        System.out.println((passed ? "passed " : "FAILED ") + name + (passed ? "" : ": " + problem));
        CASES.append("  <testcase classname=\"CartTest\" name=\"").append(name).append("\">");
        if (!passed) {
            failures++;
            CASES.append("<failure message=\"").append(problem).append("\"/>");
        }
        CASES.append("</testcase>\n");
    }
}
