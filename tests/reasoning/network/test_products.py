from reasoning.network.products import Products
from tests.reasoning.world import World


def test_a_category_holds_its_products_and_narrower_categories_at_any_depth():
    world = World()
    world.say("prd:x", "IN_CATEGORY", "cat:narrow")
    world.say("cat:narrow", "BROADER", "cat:wide")
    products = Products(world.facts())
    assert products.kinds("cat:wide") == {"cat:wide", "cat:narrow", "prd:x"}
    assert products.kinds("prd:x") == {"prd:x"}


def test_inputs_are_those_of_the_product_and_of_its_categories_with_all_their_kinds():
    world = World()
    world.say("prd:x", "IN_CATEGORY", "cat:cars")
    world.say("cat:steel", "INPUT_OF", "cat:cars")
    world.say("prd:sheet", "IN_CATEGORY", "cat:steel")
    world.say("prd:chip", "INPUT_OF", "prd:x")
    products = Products(world.facts())
    assert products.inputs("prd:x") == {"cat:steel", "prd:sheet", "prd:chip"}
    assert products.inputs("cat:cars") == {"cat:steel", "prd:sheet"}
    assert products.inputs("prd:chip") == frozenset()
    assert products.inputs("") == frozenset()


def test_categories_in_a_circle_are_walked_once():
    world = World()
    world.say("cat:a", "BROADER", "cat:b")
    world.say("cat:b", "BROADER", "cat:a")
    assert Products(world.facts()).kinds("cat:a") == {"cat:a", "cat:b"}
